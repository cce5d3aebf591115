using System;
using System.Buffers.Binary;
using ToroCosmos.Acpi;
using ToroCosmos.Pci;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Transport;

/// <summary>A machine with one device, on PCI or in memory, and what a driver has of it.</summary>
internal sealed class PlayedMachine : IDisposable
{
    private const ulong BarAddress = 0x3800_0000_0000;
    private const ulong MmioAddress = 0xFEB0_0E00;

    public PlayedMachine(bool isPci, Func<FakeMemory, FakeDevice> makeDevice)
    {
        IsPci = isPci;
        Device = makeDevice(Memory);
        Host = new DriverHost(new PooledMemory(Memory, 4 << 20), Sleep, new WaitLengths(1, 1));
        if (isPci)
        {
            PciRegisters = new FakePciRegisters(Device);
            AddPci();
            Space.Put(BarAddress, PciRegisters);
        }
        else
        {
            MmioRegisters = new FakeMmioRegisters(Device);
            Space.Put(MmioAddress, MmioRegisters);
        }
    }

    public bool IsPci { get; }

    public FakeMemory Memory { get; } = new(16 << 20);

    public FakeDevice Device { get; }

    public FakeDeviceSpace Space { get; } = new();

    public FakeConfiguration Configuration { get; } = new();

    public FakeWakeUps WakeUps { get; } = new();

    public PlayedSleep Sleep { get; } = new();

    public DriverHost Host { get; }

    public FakePciRegisters? PciRegisters { get; }

    public FakeMmioRegisters? MmioRegisters { get; }

    public static PciAddress Address => new(0, 2, 4, 1);

    /// <summary>The bytes of the function's configuration space.</summary>
    public byte[] Function => Configuration.At(Address);

    public VirtioTransport Open()
    {
        Assert.Equal(VirtioStatus.Ok, TryOpen(out VirtioTransport? transport));
        return transport!;
    }

    public VirtioStatus TryOpen(out VirtioTransport? transport) => IsPci
        ? PciTransport.Open(new PciFunction(Configuration, Address), Space, WakeUps, out transport)
        : MmioTransport.Open(new MmioNode(MmioAddress, 0x200, true, 12), Space, WakeUps, out _, out transport);

    public void Dispose() => Memory.Dispose();

    /// <summary>Writes a capability of VirtIO into the function's configuration space.</summary>
    public void WriteCapability(int place, int next, byte kind, byte bar, uint start, uint bytes, byte length = 16)
    {
        byte[] function = Function;
        function[place] = 9;
        function[place + 1] = (byte)next;
        function[place + 2] = length;
        function[place + 3] = kind;
        function[place + 4] = bar;
        BinaryPrimitives.WriteUInt32LittleEndian(function.AsSpan(place + 8), start);
        BinaryPrimitives.WriteUInt32LittleEndian(function.AsSpan(place + 12), bytes);
    }

    private void AddPci()
    {
        byte[] function = Configuration.Add(Address, 0x1AF4, (ushort)(0x1040 + (int)Device.Type));
        function[4] = 2;
        function[6] = 0x10;
        function[0x34] = 0x40;
        function[0x3C] = 11;
        function[0x3D] = 1;

        // A base address of 64 bits above 4 GiB, of 32 KiB: bits below 15 do not stick.
        Configuration.SetBar(Address, 4, (uint)(BarAddress & uint.MaxValue) | 4, 0xFFFF_8004);
        Configuration.SetBar(Address, 5, (uint)(BarAddress >> 32), uint.MaxValue);

        WriteCapability(0x40, 0x54, 1, 4, 0, PciCommonConfig.Bytes);
        WriteCapability(0x54, 0x68, 2, 4, FakePciRegisters.NotifyStart, 0x1000, 20);
        BinaryPrimitives.WriteUInt32LittleEndian(function.AsSpan(0x54 + 16), FakePciRegisters.NotifyMultiplier);
        WriteCapability(0x68, 0x78, 3, 4, FakePciRegisters.InterruptStart, 1);
        WriteCapability(0x78, 0x90, 4, 4, FakePciRegisters.ConfigStart, (uint)Math.Max(Device.Config.Length, 4));

        // Messages: 8 vectors, their table behind the same base address.
        function[0x90] = 0x11;
        function[0x92] = 7;
        BinaryPrimitives.WriteUInt32LittleEndian(function.AsSpan(0x94), FakePciRegisters.MessagesStart | 4);
    }
}
