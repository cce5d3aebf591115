using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Demo;

/// <summary>What one core of the demo does. Made by the boot core, run by its own: nothing here allocates or throws.</summary>
internal sealed class DemoCore
{
    private readonly int _core;
    private readonly BusEndpoint _endpoint;
    private readonly TextLine _line = new();
    private readonly byte[] _message = new byte[BroadcastDemo.LongestMessage];
    private readonly int _rounds;

    public DemoCore(int core, BusEndpoint endpoint, int rounds)
    {
        _core = core;
        _endpoint = endpoint;
        _rounds = rounds;
    }

    /// <summary>What went wrong first; <see cref="BusStatus.Ok"/> when nothing did.</summary>
    public BusStatus Failure { get; private set; }

    /// <summary>Ticks that the quiet rounds took; on the core that broadcasts.</summary>
    public ulong QuietTicks { get; private set; }

    /// <summary>Initializes this core's reception queues and says so, one line for each sender.</summary>
    public void InitiateQueues()
    {
        for (int sender = 0; sender < Cores.Count; sender++)
        {
            if (sender == _core)
            {
                continue;
            }

            Check(_endpoint.InitializeQueueFrom(sender));
            _line.Append("VirtIOBus: "u8);
            PrintRoute(sender, _core, " queue has been initiated"u8, "->"u8);
        }
    }

    /// <summary>Core 0 broadcasts, the others answer: once with lines, then quietly.</summary>
    public void Exchange()
    {
        if (_core == 0)
        {
            Broadcast(true);
            ulong begin = Clock.Now;
            for (int i = 0; i < _rounds; i++)
            {
                Broadcast(false);
            }

            QuietTicks = Clock.Now - begin;
        }
        else
        {
            Answer(true);
            for (int i = 0; i < _rounds; i++)
            {
                Answer(false);
            }
        }
    }

    /// <summary>Sends a ping to every other core and waits for its pong.</summary>
    private void Broadcast(bool isPrinted)
    {
        for (int core = 1; core < Cores.Count && Failure == BusStatus.Ok; core++)
        {
            Check(_endpoint.SendTo(core, "ping"u8));
            Receive(core, isPrinted);
        }
    }

    /// <summary>Waits for a ping of core 0 and answers it.</summary>
    private void Answer(bool isPrinted)
    {
        if (Failure == BusStatus.Ok)
        {
            Receive(0, isPrinted);
            Check(_endpoint.SendTo(0, "pong"u8));
        }
    }

    private void Receive(int sender, bool isPrinted)
    {
        BusStatus status = _endpoint.RecvFrom(sender, _message, out int length);
        Check(status);
        if (status == BusStatus.Ok && isPrinted)
        {
            PrintRoute(sender, _core, ": "u8, " -> "u8, new ReadOnlySpan<byte>(_message, 0, length));
        }
    }

    private void PrintRoute(
        int from, int to, ReadOnlySpan<byte> after, ReadOnlySpan<byte> arrow, ReadOnlySpan<byte> message = default)
    {
        _line.Append("Core["u8).Append(from).Append("]"u8).Append(arrow).Append("Core["u8).Append(to).Append("]"u8)
            .Append(after).Append(message).Print();
    }

    private void Check(BusStatus status)
    {
        if (Failure == BusStatus.Ok)
        {
            Failure = status;
        }
    }
}
