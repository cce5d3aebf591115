using System;
using System.Collections.Generic;

namespace ToroCosmos.Pci;

/// <summary>A function of a device that is there, as far as the header of its configuration space tells.</summary>
public sealed class PciFunction
{
    private readonly PciConfiguration _configuration;

    /// <param name="configuration">The machine's configuration space.</param>
    /// <param name="address">A function that is there.</param>
    public PciFunction(PciConfiguration configuration, PciAddress address)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration;
        Address = address;
        uint identity = configuration.Read32(address, PciRegister.Identity);
        VendorId = (ushort)identity;
        DeviceId = (ushort)(identity >> 16);
        uint kind = configuration.Read32(address, PciRegister.Class);
        Revision = (byte)kind;
        ClassCode = kind >> 8;
        HeaderType = (byte)(configuration.Read8(address, PciRegister.HeaderType) & PciRegister.HeaderMask);
    }

    /// <summary>Where it is.</summary>
    public PciAddress Address { get; }

    /// <summary>Who made it.</summary>
    public ushort VendorId { get; }

    /// <summary>What the maker calls it.</summary>
    public ushort DeviceId { get; }

    /// <summary>Its revision.</summary>
    public byte Revision { get; }

    /// <summary>Base class, subclass and programming interface, 24 bits.</summary>
    public uint ClassCode { get; }

    /// <summary>0 for a device, 1 for a bridge to another bus.</summary>
    public byte HeaderType { get; }

    /// <summary>The bus behind a bridge; 0 for what is none, and for a bridge that the firmware left without a number.</summary>
    public byte SecondaryBus =>
        HeaderType == PciRegister.HeaderOfBridge ? _configuration.Read8(Address, PciRegister.SecondaryBus) : (byte)0;

    /// <summary>The pin it interrupts by, 1 to 4 for INTA to INTD; 0 for none.</summary>
    public byte InterruptPin => _configuration.Read8(Address, PciRegister.InterruptPin);

    /// <summary>What the firmware connected the pin to: an input of the old interrupt controllers; 255 for nothing.</summary>
    public byte InterruptLine => _configuration.Read8(Address, PciRegister.InterruptLine);

    /// <summary>How many base address registers there are.</summary>
    internal int BarCount => HeaderType switch
    {
        PciRegister.HeaderOfDevice => 6,
        PciRegister.HeaderOfBridge => 2,
        _ => 0,
    };

    public byte Read8(int offset) => _configuration.Read8(Address, offset);

    public ushort Read16(int offset) => _configuration.Read16(Address, offset);

    public uint Read32(int offset) => _configuration.Read32(Address, offset);

    public void Write16(int offset, ushort value) => _configuration.Write16(Address, offset, value);

    public void Write32(int offset, uint value) => _configuration.Write32(Address, offset, value);

    /// <summary>Lets the function answer at its memory and reach memory itself, and nothing of what it did before ends.</summary>
    public void Enable() => SetCommand(PciRegister.CommandMemory | PciRegister.CommandBusMaster, 0);

    /// <summary>Keeps the function from reaching memory and from interrupting by its pin.</summary>
    public void Disable() => SetCommand(PciRegister.CommandNoInterruptLine, PciRegister.CommandBusMaster);

    /// <summary>Lets the function interrupt by its pin, or not.</summary>
    public void UseInterruptPin(bool use) =>
        SetCommand(use ? 0 : (int)PciRegister.CommandNoInterruptLine, use ? (int)PciRegister.CommandNoInterruptLine : 0);

    /// <summary>Finds the first capability of a kind.</summary>
    /// <param name="id">The kind.</param>
    /// <returns>Its offset, 0 when there is none.</returns>
    public int FindCapability(byte id)
    {
        List<int> places = FindCapabilities(id);
        return places.Count == 0 ? 0 : places[0];
    }

    /// <summary>
    /// Finds the capabilities of a kind (PCI Local Bus 3.0, Capabilities List). A list that runs in circles, or leaves the
    /// place for capabilities, ends there: each is told once.
    /// </summary>
    /// <param name="id">The kind.</param>
    /// <returns>Their offsets, in the list's order.</returns>
    public List<int> FindCapabilities(byte id)
    {
        var places = new List<int>();
        if ((Read16(PciRegister.Status) & PciRegister.StatusCapabilities) == 0)
        {
            return places;
        }

        ulong seen = 0;
        int offset = Read8(PciRegister.Capabilities) & ~3;
        while (offset >= PciRegister.HeaderEnd && (seen & (1UL << (offset >> 2))) == 0)
        {
            seen |= 1UL << (offset >> 2);
            ushort header = Read16(offset);
            if ((byte)header == id)
            {
                places.Add(offset);
            }

            offset = (header >> 8) & ~3;
        }

        return places;
    }

    /// <summary>Finds out where a base address register's registers are, and how many.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="bar">The place, when the result is <see cref="PciBarStatus.Ok"/>.</param>
    /// <remarks>The function does not answer at its addresses meanwhile, so nothing else may use it.</remarks>
    public PciBarStatus ReadBar(int index, out PciBar bar)
    {
        bar = default;
        if (index < 0 || index >= BarCount)
        {
            return PciBarStatus.NoSuchBar;
        }

        ushort command = Read16(PciRegister.Command);
        Write16(PciRegister.Command, (ushort)(command & ~(PciRegister.CommandIo | PciRegister.CommandMemory)));
        PciBarStatus status = PciBar.Read(this, index, out bar);
        Write16(PciRegister.Command, command);
        return status;
    }

    private void SetCommand(int set, int clear) =>
        Write16(PciRegister.Command, (ushort)((Read16(PciRegister.Command) | set) & ~clear));
}
