using System.Collections.Generic;
using ToroCosmos.Benchmarking;
using ToroCosmos.HostBenchmarks.Subjects;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.HostBenchmarks;

/// <summary>What is measured: the floors, then each subject at every length of messages.</summary>
internal static unsafe class HostPlan
{
    public static List<Measurement> Create(SecondCore second)
    {
        List<Measurement> all = [Floors.Flag(second, new FlagPair(NativeBlock.Allocate(FlagPair.Bytes)))];
        var pair = new PairMeasurements(second);
        foreach (int bytes in MessageSizes.All)
        {
            int size = MessageSizes.QueueSize(bytes);
            all.AddRange(pair.Of("queue", bytes, new QueuePipe(size, bytes), new QueuePipe(size, bytes)));
            all.AddRange(BusMeasurements.At(pair, HostBus.Create(size, bytes), bytes));
            all.AddRange(BusMeasurements.Checked(pair, HostBus.Create(size, bytes, BusChecks.Full), bytes));
            all.AddRange(pair.Of("spsc-ring", bytes, new SpscRing(size, bytes), new SpscRing(size, bytes)));
            all.AddRange(pair.Of("channel-bounded", bytes, Slots(bytes, ChannelOfSlots.Bounded(size)), Slots(bytes, ChannelOfSlots.Bounded(size))));
            all.AddRange(pair.Of("channel-unbounded", bytes, Slots(bytes, ChannelOfSlots.Unbounded()), Slots(bytes, ChannelOfSlots.Unbounded())));
            all.AddRange(pair.Of("concurrent-queue", bytes, Slots(bytes, new ConcurrentQueueOfSlots()), Slots(bytes, new ConcurrentQueueOfSlots())));
            if (bytes >= MessageSizes.FirstOfBandwidth)
            {
                all.Add(Floors.Copy(bytes));
            }
        }

        return all;
    }

    private static SlotPipe<TQueue> Slots<TQueue>(int bytes, TQueue queue)
        where TQueue : struct, ISlotQueue => new(queue, bytes);
}
