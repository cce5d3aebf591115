using System.Collections.Generic;
using ToroCosmos.Benchmarking;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.BusBenchmark;

/// <summary>Two cores: the floors, and the bus at every length of messages.</summary>
internal static unsafe class PairPlan
{
    public static Measurement[] Create()
    {
        var core1 = new CoreOne();
        var pair = new PairMeasurements(core1);
        List<Measurement> all =
        [
            Floors.Flag(core1, new FlagPair(PhysicalMemory.Allocate(FlagPair.Bytes, FlagPair.LineBytes))),
        ];
        foreach (int bytes in MessageSizes.All)
        {
            MessageBus bus = KernelBus.Create(MessageSizes.QueueSize(bytes), bytes, Cores.Lengths);
            all.AddRange(BusMeasurements.At(pair, bus, bytes));
            MessageBus isChecked = KernelBus.Create(MessageSizes.QueueSize(bytes), bytes, Cores.Lengths, BusChecks.Full);
            all.AddRange(BusMeasurements.Checked(pair, isChecked, bytes));
            if (bytes >= MessageSizes.FirstOfBandwidth)
            {
                all.Add(Floors.Copy(bytes));
            }
        }

        // Who neither polls nor pauses halts at once, and every message has to wake it.
        MessageBus sleepy = KernelBus.Create(16, 8, new WaitLengths(0, 0));
        all.Add(pair.OneWay("bus-wake", 8, new BusPipe(sleepy, 0, 1), new BusPipe(sleepy, 1, 0)));
        return [.. all];
    }
}
