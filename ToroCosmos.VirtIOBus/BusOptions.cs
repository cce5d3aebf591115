using System;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The sizes of a bus. Memory grows with the square of the cores: there is one queue for each ordered pair of cores,
/// and <see cref="MessageBus.RequiredBytes"/> tells the exact sum. A queue of N messages of up to B bytes takes N × 26
/// bytes, N times B + 16 rounded up to an odd number of 64-byte lines, at least three, and up to 1,040 bytes for
/// bookkeeping and alignment: 72,064 with the defaults. With <see cref="BusChecks.Full"/> B counts for 64 more.
/// </summary>
public sealed class BusOptions
{
    /// <summary>The smallest <see cref="QueueSize"/>.</summary>
    public const int MinimumQueueSize = 2;

    /// <summary>The largest <see cref="QueueSize"/>, which is VirtIO's.</summary>
    public const int MaximumQueueSize = SplitVirtqueue.MaximumSize;

    /// <summary>The smallest <see cref="BufferSize"/>, of which it is also a multiple.</summary>
    public const int BufferSizeUnit = 8;

    /// <summary>The largest <see cref="BufferSize"/>: 16 MiB.</summary>
    public const int MaximumBufferSize = 1 << 24;

    private readonly WaitLengths _waiting = WaitLengths.Default;

    /// <summary>
    /// How many messages a queue holds: a power of two from 2 to 32768. Buffers are given back a quarter of the queue
    /// at a time while the receiver is busy, so a sender can count on three quarters.
    /// </summary>
    public int QueueSize { get; init; } = 64;

    /// <summary>
    /// The longest message that is copied into the bus, in bytes: a multiple of 8, up to 16 MiB. Longer ones go by
    /// <see cref="BusEndpoint.SendLargeTo(int, ReadOnlySpan{byte})"/>.
    /// </summary>
    public int BufferSize { get; init; } = 1024;

    /// <summary>
    /// How long a core looks and pauses before it sleeps: best measured on the machine, by
    /// <see cref="ToroCosmos.Smp.Measurement.WaitMeasurement.Tune"/>. Unless it is set, <see cref="WaitLengths.Default"/>; for the bus of the machine,
    /// <see cref="Cores.Lengths"/>.
    /// </summary>
    public WaitLengths Waiting
    {
        get => _waiting;
        init
        {
            _waiting = value;
            IsWaitingSet = true;
        }
    }

    /// <summary>Which memory cores may lend to each other for large messages; null for none.</summary>
    public LendableMemory? Lendable { get; init; }

    /// <summary>
    /// How much is checked: <see cref="BusChecks.Full"/> where this library was built in the Debug configuration, else
    /// <see cref="BusChecks.Standard"/>.
    /// </summary>
    public BusChecks Checks { get; init; } =
#if DEBUG
        BusChecks.Full;
#else
        BusChecks.Standard;
#endif

    /// <summary>Whether <see cref="Waiting"/> was set.</summary>
    internal bool IsWaitingSet { get; private init; }

    /// <summary>Tells the cores that call apart; null where they have no numbers.</summary>
    internal CallingCore? Caller { get; init; }

    /// <summary>The sizes of every link.</summary>
    internal LinkSizes LinkSizes => new(QueueSize, (uint)BufferSize, Checks == BusChecks.Full);

    /// <summary>These options, with what the machine knows in place of what was not set.</summary>
    internal BusOptions With(WaitLengths waiting, LendableMemory lendable, CallingCore caller) => new()
    {
        QueueSize = QueueSize,
        BufferSize = BufferSize,
        Waiting = IsWaitingSet ? Waiting : waiting,
        Lendable = Lendable ?? lendable,
        Checks = Checks,
        Caller = caller,
    };

    /// <exception cref="ArgumentException">A size is outside its range.</exception>
    internal void Validate()
    {
        if (QueueSize < MinimumQueueSize || !SplitVirtqueue.IsValidSize(QueueSize))
        {
            throw new ArgumentException("The queue size must be a power of two from 2 to 32768; it is " + QueueSize + ".");
        }

        if (BufferSize < BufferSizeUnit || BufferSize > MaximumBufferSize || BufferSize % BufferSizeUnit != 0)
        {
            throw new ArgumentException(
                "The buffer size must be a multiple of 8 from 8 to 16777216; it is " + BufferSize + ".");
        }

        if (Waiting.PollSteps < 0 || Waiting.PauseSteps < 0)
        {
            throw new ArgumentException("The lengths of waiting must not be negative.");
        }
    }
}
