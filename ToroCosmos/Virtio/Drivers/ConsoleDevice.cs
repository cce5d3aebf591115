using System;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// Ports to whoever runs the machine (VirtIO 1.2, Console Device): streams of bytes in both directions. One core uses the
/// device with all its ports; only <see cref="Open"/> and <see cref="Close"/> are for the boot core.
/// <para>
/// What the device tells of ports, that one is there, is open at the other side, has a name or another size, is looked at
/// whenever a port is read or written, and by <see cref="Service"/>.
/// </para>
/// </summary>
public sealed unsafe class ConsoleDevice
{
    private const int SizeFeature = 0;
    private const int SeveralPortsFeature = 1;
    private const ulong Wanted = (1UL << SizeFeature) | (1UL << SeveralPortsFeature);
    private const uint MaximumPortsOffset = 4;
    private const int ControlReceive = 2;
    private const int ControlSend = 3;

    private const int Messages = 16;
    private const uint MessageBytes = 128;
    private const int HeaderBytes = 8;

    private readonly ConsolePort?[] _ports;
    private readonly BufferChain _chain = new(1);
    private DeviceVirtqueue? _controlReceive;
    private DeviceVirtqueue? _controlSend;
    private DmaMemory _memory;
    private uint _sending;

    private ConsoleDevice(VirtioDevice device, int ports)
    {
        Device = device;
        _ports = new ConsolePort?[ports];
    }

    /// <summary>The device below.</summary>
    public VirtioDevice Device { get; }

    /// <summary>How many ports there can be, with numbers from 0 on.</summary>
    public int PortLimit => _ports.Length;

    /// <summary>Brings a device up. Allocates.</summary>
    /// <param name="transport">The device.</param>
    /// <param name="host">What the driver has of the machine.</param>
    /// <param name="core">The core that will use it.</param>
    /// <param name="maximumPorts">How many ports there is use for; each takes memory. 1 or more.</param>
    /// <param name="device">The driver, when the answer is Ok.</param>
    /// <returns>Ok, WrongType, BadConfiguration, NoMemory, or what <see cref="VirtioDevice"/> answers.</returns>
    public static VirtioStatus Open(
        VirtioTransport transport, DriverHost host, int core, int maximumPorts, out ConsoleDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        device = null;
        if (transport.Type != VirtioDeviceType.Console)
        {
            return VirtioStatus.WrongType;
        }

        VirtioStatus status = VirtioDevice.Begin(transport, host, Wanted, 0, out VirtioDevice? below);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        bool hasSeveral = below!.Has(SeveralPortsFeature);
        ConfigReading reading = below.ReadConfig();
        uint most = 1;
        while (reading.Next())
        {
            most = hasSeveral ? reading.Read32(MaximumPortsOffset) : 1;
        }

        if (!reading.IsStable || most == 0)
        {
            return below.Fail(VirtioStatus.BadConfiguration);
        }

        int ports = maximumPorts < 1 ? 1 : (uint)maximumPorts < most ? maximumPorts : (int)most;
        var made = new ConsoleDevice(below, ports);
        status = made.AddQueues(core, hasSeveral);
        status = status == VirtioStatus.Ok ? below.Start() : status;
        if (status == VirtioStatus.Ok)
        {
            status = made.Begin(hasSeveral);
        }

        if (status != VirtioStatus.Ok)
        {
            _ = below.Fail(status);
            made.Free();
            return status;
        }

        device = made;
        return VirtioStatus.Ok;
    }

    /// <summary>A port.</summary>
    /// <param name="number">Its number, as whoever runs the machine gave it; a console is usually 0.</param>
    /// <returns>Null where there can be none of that number; whether there is one, it tells itself.</returns>
    [AnyCore]
    public ConsolePort? Port(int number) => number >= 0 && number < _ports.Length ? _ports[number] : null;

    /// <summary>Looks at what the device tells of its ports.</summary>
    /// <returns>Ok, Broken, or why the device works no more.</returns>
    [AnyCore]
    public VirtioStatus Service()
    {
        if (_controlReceive == null)
        {
            return Device.State;
        }

        while (true)
        {
            VirtioStatus status = _controlReceive.TryTake(out nuint token, out uint bytes);
            if (status != VirtioStatus.Ok)
            {
                return status == VirtioStatus.Empty ? VirtioStatus.Ok : status;
            }

            if (bytes >= HeaderBytes)
            {
                Hear(Message((int)token), (int)bytes);
            }

            Offer((int)token);
            _controlReceive.Publish();
        }
    }

    /// <summary>Resets the device; every call answers Closed from then on.</summary>
    /// <returns>Ok or NoReset.</returns>
    public VirtioStatus Close()
    {
        VirtioStatus status = Device.Close();
        if (status == VirtioStatus.Ok)
        {
            Free();
        }

        return status;
    }

    /// <summary>Tells the device something of a port. When its queue is full the message is left out.</summary>
    internal void Tell(uint port, ConsoleEvent what, ushort value)
    {
        while (_controlSend!.TryTake(out nuint token, out _) == VirtioStatus.Ok)
        {
            _sending &= ~(1u << ((int)token - Messages));
        }

        for (int i = 0; i < Messages; i++)
        {
            if ((_sending & (1u << i)) == 0)
            {
                DmaMemory message = Message(Messages + i).Part(0, HeaderBytes);
                *(uint*)message.Start = port;
                *(ushort*)(message.Start + 4) = (ushort)what;
                *(ushort*)(message.Start + 6) = value;
                _chain.Clear();
                _chain.AddReadable(message);
                if (_controlSend.TryAdd(_chain, (nuint)(Messages + i)) == VirtioStatus.Ok)
                {
                    _sending |= 1u << i;
                    _controlSend.Publish();
                }

                return;
            }
        }
    }

    private VirtioStatus AddQueues(int core, bool hasSeveral)
    {
        VirtioStatus status = VirtioStatus.Ok;
        for (int i = 0; i < _ports.Length && status == VirtioStatus.Ok; i++)
        {
            // The control queues lie between those of the first port and those of the others.
            int receive = i == 0 ? 0 : 2 + (2 * i);
            status = ConsolePort.Open(this, i, receive, core, out ConsolePort? port);
            _ports[i] = port;
        }

        if (status == VirtioStatus.Ok && hasSeveral)
        {
            status = Device.AddQueue(ControlReceive, core, 0, out _controlReceive, Messages);
            status = status == VirtioStatus.Ok ? Device.AddQueue(ControlSend, core, 0, out _controlSend, Messages) : status;
            if (status == VirtioStatus.Ok && !Device.Host.Memory.TryAllocate(2 * Messages * MessageBytes, out _memory))
            {
                status = VirtioStatus.NoMemory;
            }
        }

        return status;
    }

    private VirtioStatus Begin(bool hasSeveral)
    {
        for (int i = 0; i < _ports.Length; i++)
        {
            _ports[i]!.Fill();
        }

        if (!hasSeveral)
        {
            _ports[0]!.Exists = true;
            _ports[0]!.IsOpen = true;
            return VirtioStatus.Ok;
        }

        for (int i = 0; i < Messages; i++)
        {
            Offer(i);
        }

        _controlReceive!.Publish();
        Tell(0, ConsoleEvent.DeviceReady, 1);
        return VirtioStatus.Ok;
    }

    private void Hear(DmaMemory message, int bytes)
    {
        uint number = *(uint*)message.Start;
        var what = (ConsoleEvent)(*(ushort*)(message.Start + 4));
        ushort value = *(ushort*)(message.Start + 6);
        if (number >= (uint)_ports.Length)
        {
            // One that there is no use for.
            if (what == ConsoleEvent.PortAdd)
            {
                Tell(number, ConsoleEvent.PortReady, 0);
            }

            return;
        }

        ConsolePort port = _ports[(int)number]!;
        switch (what)
        {
            case ConsoleEvent.PortAdd:
                port.Exists = true;
                Tell(number, ConsoleEvent.PortReady, 1);
                Tell(number, ConsoleEvent.Open, 1);
                break;
            case ConsoleEvent.PortRemove:
                port.Exists = false;
                port.IsOpen = false;
                break;
            case ConsoleEvent.ConsolePort:
                port.IsConsole = true;
                break;
            case ConsoleEvent.Open:
                port.IsOpen = value != 0;
                break;
            case ConsoleEvent.Resize when bytes >= HeaderBytes + 4:
                // QEMU and Linux have columns first; VirtIO 1.2 has them in struct virtio_console_resize in this order, too.
                port.Columns = *(ushort*)(message.Start + HeaderBytes);
                port.Rows = *(ushort*)(message.Start + HeaderBytes + 2);
                break;
            case ConsoleEvent.Name:
                port.SetName(message.Span.Slice(HeaderBytes, bytes - HeaderBytes));
                break;
        }
    }

    private DmaMemory Message(int slot) => _memory.Part((uint)slot * MessageBytes, MessageBytes);

    private void Offer(int slot)
    {
        _chain.Clear();
        _chain.AddWritable(Message(slot));
        _ = _controlReceive!.TryAdd(_chain, (nuint)slot);
    }

    private void Free()
    {
        for (int i = 0; i < _ports.Length; i++)
        {
            _ports[i]?.Free();
        }

        _ = Device.Host.Memory.TryFree(_memory);
        _memory = default;
    }
}
