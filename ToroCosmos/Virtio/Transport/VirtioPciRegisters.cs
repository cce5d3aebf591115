using ToroCosmos.Devices;
using ToroCosmos.Pci;
using ToroCosmos.Seam;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// Where a device's registers are, by its capabilities (VirtIO 1.2, Virtio Structure PCI Capabilities). The first usable one
/// of a kind counts; kinds and base addresses that are reserved are passed over, and a capability may be longer than known.
/// </summary>
internal struct VirtioPciRegisters
{
    private const byte VendorCapability = 9;
    private const int LengthOffset = 2;
    private const int KindOffset = 3;
    private const int BarOffset = 4;
    private const int StartOffset = 8;
    private const int BytesOffset = 12;
    private const int MultiplierOffset = 16;
    private const byte ShortestCapability = 16;
    private const byte ShortestNotifyCapability = 20;

    private const byte CommonKind = 1;
    private const byte NotifyKind = 2;
    private const byte InterruptKind = 3;
    private const byte DeviceKind = 4;

    private const int LastBar = 5;

    public RegisterBlock? Common;
    public RegisterBlock? Notify;
    public RegisterBlock? Interrupt;
    public RegisterBlock? Device;
    public uint NotifyMultiplier;

    public static VirtioStatus Find(PciFunction function, DeviceSpace space, out VirtioPciRegisters registers)
    {
        registers = default;
        bool isModern = false;
        foreach (int place in function.FindCapabilities(VendorCapability))
        {
            byte kind = function.Read8(place + KindOffset);
            byte length = function.Read8(place + LengthOffset);
            if (kind < CommonKind || kind > DeviceKind || length < ShortestCapability)
            {
                continue;
            }

            isModern |= kind == CommonKind;
            switch (kind)
            {
                case CommonKind:
                    registers.Common ??= Map(function, space, place, PciCommonConfig.Bytes, 4);
                    break;
                case NotifyKind when registers.Notify == null && length >= ShortestNotifyCapability:
                    registers.Notify = Map(function, space, place, sizeof(ushort), 2);
                    registers.NotifyMultiplier = function.Read32(place + MultiplierOffset);
                    break;
                case InterruptKind:
                    registers.Interrupt ??= Map(function, space, place, 1, 1);
                    break;
                case DeviceKind:
                    registers.Device ??= Map(function, space, place, 1, 4);
                    break;
            }
        }

        if (!isModern)
        {
            return VirtioStatus.LegacyOnly;
        }

        return registers.Common == null || registers.Notify == null || registers.Interrupt == null
            ? VirtioStatus.NotAccessible
            : VirtioStatus.Ok;
    }

    private static RegisterBlock? Map(PciFunction function, DeviceSpace space, int place, uint shortest, uint alignment)
    {
        byte index = function.Read8(place + BarOffset);
        uint start = function.Read32(place + StartOffset);
        uint bytes = function.Read32(place + BytesOffset);
        if (index > LastBar || bytes < shortest || (start & (alignment - 1)) != 0
            || function.ReadBar(index, out PciBar bar) != PciBarStatus.Ok || !bar.Has(start, bytes))
        {
            return null;
        }

        return space.Map(bar.Address + start, bytes, out RegisterBlock? registers) == DeviceMapping.Ok ? registers : null;
    }
}
