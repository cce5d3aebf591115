using System;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.CostKernel;

/// <summary>
/// A wake-up on one core: just before the receiver halts, the sender's end sends; its interrupt goes to this same core and
/// ends the halt. Neither side runs while the other's instructions are counted.
/// </summary>
internal sealed class WakeUp : CoreSleep
{
    private readonly BusEndpoint[] _ends;
    private readonly byte[] _message;
    private readonly WaitSet? _set;
    private ulong _sent;
    private ulong _halted;

    /// <param name="bytes">The length of the message.</param>
    /// <param name="cores">How many ends; with more than two the receiver waits for all others in a wait set.</param>
    public WakeUp(int bytes, int cores = 2)
    {
        _message = new byte[bytes];

        // Who neither polls nor pauses halts at once.
        _ends = TwoEnds.Create(bytes, cores, this, new WaitLengths(0, 0));
        _set = cores > 2 ? TwoEnds.CreateSet(_ends, this, new WaitLengths(0, 0)) : null;
    }

    /// <summary>The sender's ticks: a message to a core that sleeps.</summary>
    public ulong Send()
    {
        Receive();
        return _sent;
    }

    /// <summary>The receiver's ticks, from its halt, which the interrupt ends, until it has the message.</summary>
    public ulong Run() => Receive() - _halted;

    /// <inheritdoc/>
    public override bool HasTimer => Cores.Sleep!.HasTimer;

    /// <inheritdoc/>
    public override void Begin() => Cores.Sleep!.Begin();

    /// <inheritdoc/>
    public override void Cancel() => Cores.Sleep!.Cancel();

    /// <inheritdoc/>
    public override void Sleep(ulong deadline)
    {
        ulong begin = Cpu.ReadTimestamp();
        _ = _ends[0].SendTo(1, _message);
        _halted = Cpu.ReadTimestamp();
        _sent = _halted - begin;
        Cores.Sleep!.Sleep(deadline);
    }

    /// <inheritdoc/>
    public override void Wake(int core) => Cores.Sleep!.Wake(0);

    /// <returns>When it had the message.</returns>
    private ulong Receive()
    {
        _ = _set?.Wait(out _);
        _ = _ends[1].RecvFrom(0, _message, out int length);
        ulong now = Cpu.ReadTimestamp();
        return length == _message.Length ? now : throw new InvalidOperationException("No message came with the wake-up.");
    }
}
