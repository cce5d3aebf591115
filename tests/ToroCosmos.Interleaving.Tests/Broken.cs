using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A link whose memory was scribbled over, and the two cores that find out.</summary>
internal static unsafe class Broken
{
    private const int QueueSize = 2;

    /// <summary>The queue is full and a used element is wrong: the receiver finds it while the sender waits for room.</summary>
    public static Scenario AtTheReceiver() => Create(memory =>
    {
        Scenario.Fill(memory, QueueSize);
        for (int i = 0; i < QueueSize; i++)
        {
            Queue(memory).UsedElements[i].Id = 77;
        }
    });

    /// <summary>The queue is empty and the available index is wrong: the sender finds it while the receiver waits.</summary>
    public static Scenario AtTheSender() => Create(memory => *Queue(memory).AvailIndex += 0x4000);

    private static Scenario Create(System.Action<BusMemory> prepare) => new()
    {
        QueueSize = QueueSize,
        Prepare = prepare,
        Core0 = new CoreProgram(1, (end, _) =>
        {
            // The room that was seen before the index went wrong is still there.
            BusStatus status = BusStatus.Ok;
            for (int i = 0; i <= QueueSize && status == BusStatus.Ok; i++)
            {
                status = Message.TrySend(end, 1, i, TimeLimit.None);
            }

            Assert.Equal(BusStatus.BrokenLink, status);
        }),
        Core1 = new CoreProgram(1, (end, _) =>
        {
            BusStatus status = BusStatus.Ok;
            for (int i = 0; i <= QueueSize && status == BusStatus.Ok; i++)
            {
                status = Message.TryReceive(end, 0, i, TimeLimit.None);
            }

            Assert.Equal(BusStatus.BrokenLink, status);
        }),
    };

    private static VirtqueueMemory Queue(BusMemory memory) => memory.Links.Queue(memory.Links.Find(0, 1));
}
