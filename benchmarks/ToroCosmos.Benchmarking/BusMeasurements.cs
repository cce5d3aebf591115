using System;
using System.Collections.Generic;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Benchmarking;

/// <summary>The bus in all its ways from core 0 to core 1: the same rows on the host and in a kernel.</summary>
public static class BusMeasurements
{
    private const int LargestBatch = 32;

    /// <summary>What is measured at one length of messages.</summary>
    /// <param name="pair">The two cores.</param>
    /// <param name="bus">A bus whose queues are initialized and whose cores may lend their memory.</param>
    /// <param name="bytes">The length, at most the bus's buffers'.</param>
    public static IEnumerable<Measurement> At(PairMeasurements pair, MessageBus bus, int bytes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(bus);
        int batch = Math.Min(LargestBatch, bus.QueueSize / 2);
        List<Measurement> all =
        [
            .. pair.Of("bus", bytes, new BusPipe(bus, 0, 1), new BusPipe(bus, 1, 0)),
            pair.Stream("bus-batch-stream", bytes, new BusBatchPipe(bus, 0, 1, bytes, batch), batch),
        ];
        if (bytes >= MessageSizes.FirstOfBandwidth)
        {
            all.AddRange(pair.Of("bus-in-place", bytes, new BusInPlacePipe(bus, 0, 1), new BusInPlacePipe(bus, 1, 0)));
            all.AddRange(pair.Of("bus-large", bytes, new BusLargePipe(bus, 0, 1), new BusLargePipe(bus, 1, 0)));
        }

        return all;
    }

    /// <summary>What all checks cost, at one length of messages.</summary>
    /// <param name="pair">The two cores.</param>
    /// <param name="bus">A bus with <see cref="BusChecks.Full"/> whose queues are initialized.</param>
    /// <param name="bytes">The length, at most the bus's buffers'.</param>
    public static IEnumerable<Measurement> Checked(PairMeasurements pair, MessageBus bus, int bytes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(bus);
        return pair.Of("bus-checked", bytes, new BusPipe(bus, 0, 1), new BusPipe(bus, 1, 0));
    }
}
