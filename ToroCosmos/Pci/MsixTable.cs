using System;
using ToroCosmos.Devices;
using ToroCosmos.Seam;

namespace ToroCosmos.Pci;

/// <summary>
/// The messages that a function interrupts by (PCI Local Bus 3.0, MSI-X Capability and Table Structures): for each of its
/// vectors an address that it writes to, and what.
/// </summary>
public sealed class MsixTable
{
    private const byte CapabilityId = 0x11;
    private const int ControlOffset = 2;
    private const int TableOffset = 4;
    private const ushort ControlEnable = 1 << 15;
    private const ushort ControlMaskAll = 1 << 14;
    private const ushort ControlSizeMask = 0x7FF;
    private const uint BarMask = 7;

    private const uint EntryBytes = 16;
    private const uint AddressHigh = 4;
    private const uint Data = 8;
    private const uint VectorControl = 12;
    private const uint Masked = 1;

    private readonly PciFunction _function;
    private readonly RegisterBlock _table;
    private readonly int _capability;

    private MsixTable(PciFunction function, RegisterBlock table, int capability, int count)
    {
        _function = function;
        _table = table;
        _capability = capability;
        Count = count;
    }

    /// <summary>How many vectors there are: 1 to 2048.</summary>
    public int Count { get; }

    /// <summary>Finds the table and masks all vectors; the function interrupts by nothing else from then on.</summary>
    /// <param name="function">The function.</param>
    /// <param name="space">The machine's address space.</param>
    /// <returns>Null when there is none that can be used.</returns>
    public static MsixTable? Open(PciFunction function, DeviceSpace space)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(space);
        int capability = function.FindCapability(CapabilityId);
        if (capability == 0)
        {
            return null;
        }

        int count = (function.Read16(capability + ControlOffset) & ControlSizeMask) + 1;
        uint place = function.Read32(capability + TableOffset);
        uint bytes = (uint)count * EntryBytes;
        if (function.ReadBar((int)(place & BarMask), out PciBar bar) != PciBarStatus.Ok
            || !bar.Has(place & ~BarMask, bytes)
            || space.Map(bar.Address + (place & ~BarMask), bytes, out RegisterBlock? table) != DeviceMapping.Ok)
        {
            return null;
        }

        var msix = new MsixTable(function, table!, capability, count);
        msix.SetControl(ControlEnable | ControlMaskAll, 0);
        for (int i = 0; i < count; i++)
        {
            msix.Mask(i);
        }

        function.UseInterruptPin(false);
        msix.SetControl(0, ControlMaskAll);
        return msix;
    }

    /// <summary>Sets what a vector writes, and lets it.</summary>
    /// <param name="vector">From 0, below <see cref="Count"/>.</param>
    /// <param name="message">The message.</param>
    public void Set(int vector, InterruptMessage message)
    {
        Mask(vector);
        uint entry = (uint)vector * EntryBytes;
        _table.Write32(entry, (uint)message.Address);
        _table.Write32(entry + AddressHigh, (uint)(message.Address >> 32));
        _table.Write32(entry + Data, message.Data);
        _table.Write32(entry + VectorControl, 0);
    }

    /// <summary>Keeps a vector from interrupting.</summary>
    /// <param name="vector">From 0, below <see cref="Count"/>.</param>
    public void Mask(int vector) => _table.Write32(((uint)vector * EntryBytes) + VectorControl, Masked);

    private void SetControl(int set, int clear)
    {
        int offset = _capability + ControlOffset;
        _function.Write16(offset, (ushort)((_function.Read16(offset) | set) & ~clear));
    }
}
