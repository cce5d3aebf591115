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
    /// <param name="bus">A bus whose queues are initialised and whose cores may lend their memory.</param>
    /// <param name="bytes">The length, at most the bus's buffers'.</param>
    public static IEnumerable<Measurement> At(PairMeasurements pair, MessageBus bus, int bytes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(bus);
        var there = new BusPipe(bus, 0, 1);
        yield return pair.OneWay("bus-oneway", bytes, there, new BusPipe(bus, 1, 0));
        yield return pair.Stream("bus-stream", bytes, there);
        int batch = Math.Min(LargestBatch, bus.QueueSize / 2);
        yield return pair.Stream("bus-batch-stream", bytes, new BusBatchPipe(bus, 0, 1, bytes, batch), batch);

        if (bytes >= MessageSizes.FirstOfBandwidth)
        {
            var inPlace = new BusInPlacePipe(bus, 0, 1);
            yield return pair.OneWay("bus-in-place-oneway", bytes, inPlace, new BusInPlacePipe(bus, 1, 0));
            yield return pair.Stream("bus-in-place-stream", bytes, inPlace);
            var large = new BusLargePipe(bus, 0, 1);
            yield return pair.OneWay("bus-large-oneway", bytes, large, new BusLargePipe(bus, 1, 0));
            yield return pair.Stream("bus-large-stream", bytes, large);
        }
    }

    /// <summary>What all checks cost, at one length of messages.</summary>
    /// <param name="pair">The two cores.</param>
    /// <param name="bus">A bus with <see cref="BusChecks.Full"/> whose queues are initialised.</param>
    /// <param name="bytes">The length, at most the bus's buffers'.</param>
    public static IEnumerable<Measurement> Checked(PairMeasurements pair, MessageBus bus, int bytes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(bus);
        var there = new BusPipe(bus, 0, 1);
        yield return pair.OneWay("bus-checked-oneway", bytes, there, new BusPipe(bus, 1, 0));
        yield return pair.Stream("bus-checked-stream", bytes, there);
    }
}
