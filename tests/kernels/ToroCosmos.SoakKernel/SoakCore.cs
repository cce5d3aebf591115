using System;
using System.Threading;
using ToroCosmos.Hardware;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.SoakKernel;

/// <summary>
/// What one core does: it sends to, receives from and waits for the others, and pauses, as chance will have it. Made by the
/// boot core, run by its own: nothing here allocates or throws.
/// </summary>
internal sealed unsafe class SoakCore
{
    private const uint MostBurst = 8;
    private const uint MostPauseMicroseconds = 100;
    private const uint MostWaitMicroseconds = 1000;

    // Messages are counted from 0; this one is big enough that all cores are at work.
    private const uint FirstFaulty = 100;

    private readonly BusEndpoint _end;
    private readonly int _cores;
    private readonly SoakMessages[] _outgoing;
    private readonly SoakIncoming[] _incoming;
    private readonly uint[] _next;
    private SoakRandom _random;
    private SoakFault _fault;
    private bool _hasStopped;

    public SoakCore(MessageBus bus, int core, uint seed, SoakFault fault)
    {
        _end = bus.Endpoint(core);
        _cores = bus.Cores;
        _fault = fault;
        _random = new SoakRandom(SoakRandom.Mix(seed) + (uint)core);
        _outgoing = new SoakMessages[_cores];
        _incoming = new SoakIncoming[_cores];
        _next = new uint[_cores];
        for (int peer = 0; peer < _cores; peer++)
        {
            _outgoing[peer] = new SoakMessages(seed, core, peer);
            _incoming[peer] = new SoakIncoming(new SoakMessages(seed, peer, core), Counts);
        }
    }

    public SoakCounts Counts { get; } = new();

    /// <summary>A call of the bus that ended as none should; Ok when there was none.</summary>
    public BusStatus Failure { get; private set; }

    /// <summary>Sends no more, and has sent what it counts.</summary>
    public bool HasStopped => Volatile.Read(ref _hasStopped);

    /// <summary>How many messages were sent to a core.</summary>
    public uint SentTo(int core) => _next[core];

    /// <summary>How many messages of a core came, or are missing before those that came.</summary>
    public SoakIncoming From(int core) => _incoming[core];

    public void Initialize() => _end.InitializeQueues();

    /// <summary>One thing that chance chooses.</summary>
    public void Step()
    {
        int peer = (int)_random.Below((uint)_cores - 1);
        peer += peer >= _end.Core ? 1 : 0;
        switch (_random.Below(16))
        {
            case < 7:
                for (uint i = 0; i <= _random.Below(MostBurst) && Send(peer, 0); i++)
                {
                }

                break;
            case < 13:
                while (Receive(peer, 0))
                {
                }

                break;
            case 13:
                Receive(peer, Nanoseconds(MostWaitMicroseconds));
                break;
            case 14:
                Send(peer, Nanoseconds(MostWaitMicroseconds));
                break;
            default:
                Pause();
                break;
        }
    }

    /// <summary>Sends no more.</summary>
    public void Stop() => Volatile.Write(ref _hasStopped, true);

    /// <summary>Receives what there is from all.</summary>
    public void Drain()
    {
        for (int peer = 0; peer < _cores; peer++)
        {
            while (peer != _end.Core && Receive(peer, 0))
            {
            }
        }
    }

    private ulong Nanoseconds(uint mostMicroseconds) => (ulong)_random.Below(mostMicroseconds) * 1000;

    private bool Send(int peer, ulong timeoutNs)
    {
        byte* message = stackalloc byte[SoakMessages.MostBytes];
        uint number = _next[peer];
        int length = _outgoing[peer].Write(number, message);
        SoakFault fault = number >= FirstFaulty && length >= SoakHeader.Bytes ? _fault : SoakFault.None;
        if (fault == SoakFault.Corrupt)
        {
            message[length - 1] ^= 0x40;
        }

        BusStatus status = fault == SoakFault.Lose
            ? BusStatus.Ok
            : _end.SendTo(peer, new ReadOnlySpan<byte>(message, length), timeoutNs);
        if (fault == SoakFault.Repeat && status == BusStatus.Ok)
        {
            status = _end.SendTo(peer, new ReadOnlySpan<byte>(message, length), BusEndpoint.NoLimit);
        }

        if (status == BusStatus.Ok)
        {
            _next[peer]++;
            Counts.Sent++;
            _fault = fault == SoakFault.None ? _fault : SoakFault.None;
            return true;
        }

        Note(status);
        return false;
    }

    private bool Receive(int peer, ulong timeoutNs)
    {
        byte* message = stackalloc byte[SoakMessages.MostBytes];
        BusStatus status = _end.RecvFrom(peer, new Span<byte>(message, SoakMessages.MostBytes), timeoutNs, out int length);
        if (status == BusStatus.Ok)
        {
            _incoming[peer].Take(message, length);
            return true;
        }

        Note(status);
        return false;
    }

    private void Note(BusStatus status)
    {
        if (status != BusStatus.TimedOut)
        {
            Failure = status;
        }
    }

    private void Pause()
    {
        ulong ticks = _random.Below(MostPauseMicroseconds) * (Clock.TicksPerSecond / 1_000_000);
        ulong end = Clock.Now + ticks;
        while (Clock.Now < end)
        {
            Cpu.Pause();
        }
    }
}
