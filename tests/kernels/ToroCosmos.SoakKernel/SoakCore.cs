using System;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.SoakKernel;

/// <summary>
/// What one core does: it sends to, receives from and waits for the others in all ways that the bus has, and pauses, as
/// chance will have it. Made by the boot core, run by its own: nothing here allocates or throws.
/// </summary>
internal sealed unsafe class SoakCore
{
    private const uint MaximumBurst = 8;
    private const uint MaximumPauseMicroseconds = 100;
    private const uint MaximumWaitMicroseconds = 1000;

    private readonly BusEndpoint _end;
    private readonly SoakOutgoing[] _outgoing;
    private readonly SoakIncoming[] _incoming;
    private SoakRandom _random;
    private SoakFault _fault;
    private bool _hasStopped;

    public SoakCore(MessageBus bus, int core, uint seed, SoakFault fault)
    {
        _end = bus.Endpoint(core);
        _fault = fault;
        _random = new SoakRandom(SoakRandom.Mix(seed) + (uint)core);
        _outgoing = new SoakOutgoing[bus.Cores];
        _incoming = new SoakIncoming[bus.Cores];
        for (int peer = 0; peer < bus.Cores; peer++)
        {
            _outgoing[peer] = new SoakOutgoing(_end, peer, new SoakMessages(seed, core, peer));
            _incoming[peer] = new SoakIncoming(new SoakMessages(seed, peer, core), Counts);
        }
    }

    public SoakCounts Counts { get; } = new();

    /// <summary>A call of the bus that ended as none should; Ok when there was none.</summary>
    public BusStatus Failure { get; private set; }

    /// <summary>Sends no more, and has sent what it counts.</summary>
    public bool HasStopped => Volatile.Read(ref _hasStopped);

    /// <summary>The messages to a core.</summary>
    public SoakOutgoing To(int core) => _outgoing[core];

    /// <summary>The messages from a core.</summary>
    public SoakIncoming From(int core) => _incoming[core];

    public void Initialize() => _end.InitializeQueues();

    /// <summary>One thing that chance chooses.</summary>
    public void Step()
    {
        int peer = (int)_random.Below((uint)_outgoing.Length - 1);
        peer += peer >= _end.Core ? 1 : 0;
        switch (_random.Below(20))
        {
            case < 9:
                bool isInPlace = _random.Below(2) == 0;
                uint left = _random.Below(MaximumBurst);
                while (Send(peer, isInPlace, left > 0, 0) && left > 0)
                {
                    left--;
                }

                break;
            case < 14:
                while (Receive(peer, 0))
                {
                }

                break;
            case 14:
                while (ReceiveInPlace(peer))
                {
                }

                break;
            case 15:
                ReceiveFromAny(0);
                break;
            case 16:
                ReceiveFromAny(WaitNanoseconds());
                break;
            case 17:
                Receive(peer, WaitNanoseconds());
                break;
            case 18:
                Send(peer, isInPlace: false, more: false, WaitNanoseconds());
                break;
            default:
                Pause();
                break;
        }
    }

    /// <summary>Sends no more.</summary>
    public void Stop()
    {
        // What was made and not shown yet is shown when the core waits, which it does when there is no message.
        while (ReceiveFromAny(1))
        {
        }

        Volatile.Write(ref _hasStopped, true);
    }

    /// <summary>Receives what there is from all.</summary>
    public void Drain()
    {
        while (ReceiveFromAny(0))
        {
        }
    }

    private ulong WaitNanoseconds() => (ulong)(1 + _random.Below(MaximumWaitMicroseconds)) * 1000;

    private bool Send(int peer, bool isInPlace, bool more, ulong timeoutNs)
    {
        bool isSent = Note(_outgoing[peer].Send(isInPlace, more, timeoutNs, ref _fault));
        Counts.Sent += isSent ? 1 : 0;
        return isSent;
    }

    private bool Receive(int peer, ulong timeoutNs)
    {
        byte* message = stackalloc byte[SoakMessages.MaximumBytes];
        BusStatus status = _end.RecvFrom(peer, new Span<byte>(message, SoakMessages.MaximumBytes), timeoutNs, out int length);
        return Note(status) && Take(peer, message, length);
    }

    private bool ReceiveFromAny(ulong timeoutNs)
    {
        byte* message = stackalloc byte[SoakMessages.MaximumBytes];
        BusStatus status = _end.RecvFromAny(
            new Span<byte>(message, SoakMessages.MaximumBytes), timeoutNs, out int sender, out int length);
        return Note(status) && Take(sender, message, length);
    }

    private bool ReceiveInPlace(int peer)
    {
        if (!Note(_end.PeekFrom(peer, 0, out ReadOnlySpan<byte> message)))
        {
            return false;
        }

        fixed (byte* start = message)
        {
            Take(peer, start, message.Length);
        }

        return Note(_end.ReleaseFrom(peer));
    }

    private bool Take(int sender, byte* message, int length)
    {
        _incoming[sender].Take(message, length);
        return true;
    }

    /// <summary>Whether a call succeeded; a time limit that passed is no failure.</summary>
    private bool Note(BusStatus status)
    {
        if (status is not (BusStatus.Ok or BusStatus.TimedOut))
        {
            Failure = status;
        }

        return status == BusStatus.Ok;
    }

    private void Pause()
    {
        ulong ticks = _random.Below(MaximumPauseMicroseconds) * (Clock.TicksPerSecond / 1_000_000);
        ulong end = Clock.Now + ticks;
        while (Clock.Now < end)
        {
            Cpu.Pause();
        }
    }
}
