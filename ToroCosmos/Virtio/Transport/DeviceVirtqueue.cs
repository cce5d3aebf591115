using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// A queue of a device, which one core uses: adding requests, taking them back, and waiting, here or in a wait set. It has
/// news while the device has used a request that was not taken, or works no more. Calls neither allocate nor throw.
/// </summary>
[AnyCore]
public sealed class DeviceVirtqueue : WaitSource
{
    // How long a sleep may be where no interrupt may come.
    private const ulong LookNs = 1_000_000;

    // After how long a silent device is asked whether it still works: an access to a register, which takes a while.
    private const ulong CheckNs = 100_000_000;

    private readonly VirtioDevice _device;
    private readonly VirtioTransport _transport;
    private readonly Waiter _waiter;
    private readonly TickScale _ticks;

    internal DeviceVirtqueue(VirtioDevice device, int index, int core, Virtqueue ring)
        : base(core)
    {
        _device = device;
        _transport = device.Transport;
        Index = index;
        Ring = ring;
        _ticks = TickScale.OfClock;
        _waiter = new Waiter(device.Host.Sleep, device.Host.Lengths, _ticks);
    }

    /// <summary>The queue's number.</summary>
    public int Index { get; }

    /// <summary>The queue in memory.</summary>
    public Virtqueue Ring { get; }

    /// <inheritdoc/>
    public override bool CanHaveNews => Ring.Outstanding > 0;

    /// <inheritdoc/>
    public override bool NeedsSecondLook => _transport.MayMissInterrupts(Index);

    /// <summary>Adds a request behind those added before; the device sees it at the next <see cref="Publish"/>.</summary>
    /// <param name="chain">The buffers; not kept.</param>
    /// <param name="token">What <see cref="TryTake"/> gives back.</param>
    /// <returns>Ok, Full, InvalidLength, Broken, or why the device works no more.</returns>
    public VirtioStatus TryAdd(BufferChain chain, nuint token) =>
        _device.State == VirtioStatus.Ok ? StatusOf(Ring.TryAdd(chain, token)) : _device.State;

    /// <summary>Makes what was added available to the device, and tells it where it wants to know.</summary>
    public void Publish()
    {
        if (IsAlive && Ring.Publish())
        {
            _transport.Notify(Index);
        }
    }

    /// <summary>Takes a request that the device has used.</summary>
    /// <param name="token">Its token.</param>
    /// <param name="bytes">How many bytes the device wrote.</param>
    /// <returns>Ok, Empty, Broken, or why the device works no more.</returns>
    public VirtioStatus TryTake(out nuint token, out uint bytes)
    {
        if (_device.State != VirtioStatus.Ok)
        {
            token = 0;
            bytes = 0;
            return _device.State;
        }

        return StatusOf(Ring.TryTake(out token, out bytes));
    }

    /// <summary>Waits until there is something to take. For the core of the queue.</summary>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none, 0 to look once.</param>
    /// <returns>
    /// Ok, TimedOut, or why nothing will come: Gone, NeedsReset or Closed, for which the device is asked whenever it was silent for
    /// a tenth of a second.
    /// </returns>
    public VirtioStatus Await(ulong deadline)
    {
        QueueNews news = new(this);
        if (news.HasNews())
        {
            return VirtioStatus.Ok;
        }

        if (deadline == 0)
        {
            return VirtioStatus.TimedOut;
        }

        if (_waiter.Poll(news))
        {
            return VirtioStatus.Ok;
        }

        ulong slice = _transport.MayMissInterrupts(Index) ? LookNs : CheckNs;
        while (true)
        {
            ulong end = _ticks.DeadlineAfter(slice);
            if (_waiter.Sleep(news, end < deadline ? end : deadline))
            {
                return VirtioStatus.Ok;
            }

            if (deadline != ulong.MaxValue && Clock.Now >= deadline)
            {
                return VirtioStatus.TimedOut;
            }

            VirtioStatus status = _device.Check();
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <inheritdoc/>
    public override bool HasNews() => !IsAlive || Ring.HasNews();

    /// <inheritdoc/>
    public override void RequestWakeUp()
    {
        if (IsAlive)
        {
            _transport.AcknowledgeInterrupt();
            Ring.RequestInterrupt();
        }
    }

    /// <inheritdoc/>
    public override void SuppressWakeUps()
    {
        if (IsAlive)
        {
            Ring.SuppressInterrupts();
        }
    }

    /// <summary>Whether the ring's memory is still the queue's.</summary>
    private bool IsAlive => _device.State == VirtioStatus.Ok;

    private static VirtioStatus StatusOf(QueueStatus status) => status switch
    {
        QueueStatus.Ok => VirtioStatus.Ok,
        QueueStatus.Empty => VirtioStatus.Empty,
        QueueStatus.Full => VirtioStatus.Full,
        QueueStatus.Broken => VirtioStatus.Broken,
        QueueStatus.Stopped => VirtioStatus.Closed,
        _ => VirtioStatus.InvalidLength,
    };
}
