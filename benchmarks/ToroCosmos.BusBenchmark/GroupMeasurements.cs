using System;
using ToroCosmos.Benchmarking;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.BusBenchmark;

/// <summary>What is measured between all cores of the machine.</summary>
internal static class GroupMeasurements
{
    private const int Bytes = 8;
    private const int QueueSize = 64;

    /// <summary>Every core sends to every other one, then receives from every other one; all messages count.</summary>
    public static Measurement AllToAll()
    {
        int cores = Cores.Count;
        return Create("bus-all-to-all", Metric.MillionMessagesPerSecond, cores * (cores - 1), (endpoint, buffer) =>
        {
            for (int distance = 1; distance < cores; distance++)
            {
                _ = endpoint.SendTo((endpoint.Core + distance) % cores, buffer);
            }

            for (int distance = 1; distance < cores; distance++)
            {
                _ = endpoint.RecvFrom((endpoint.Core + distance) % cores, buffer, out _);
            }
        });
    }

    /// <summary>One message goes from core to core around the machine; a hop is one core to the next.</summary>
    public static Measurement Ring()
    {
        int cores = Cores.Count;
        return Create("bus-hop", Metric.Nanoseconds, cores, (endpoint, buffer) =>
        {
            int next = (endpoint.Core + 1) % cores;
            int previous = (endpoint.Core + cores - 1) % cores;
            if (endpoint.Core == 0)
            {
                _ = endpoint.SendTo(next, buffer);
                _ = endpoint.RecvFrom(previous, buffer, out _);
            }
            else
            {
                _ = endpoint.RecvFrom(previous, buffer, out _);
                _ = endpoint.SendTo(next, buffer);
            }
        });
    }

    private static Measurement Create(string name, Metric metric, int perRound, Action<BusEndpoint, byte[]> round)
    {
        MessageBus bus = KernelBus.Create(QueueSize, Bytes, Cores.Lengths);
        byte[][] buffers = new byte[Cores.Count][];
        for (int core = 0; core < buffers.Length; core++)
        {
            buffers[core] = new byte[Bytes];
        }

        return new Measurement(name, Bytes, metric, perRound, batches => Cores.RunOnAll(core =>
        {
            BusEndpoint endpoint = bus.Endpoint(core);
            byte[] buffer = buffers[core];
            void Run(int rounds)
            {
                for (int i = 0; i < rounds; i++)
                {
                    round(endpoint, buffer);
                }
            }

            if (core == 0)
            {
                batches.Time(Run);
            }
            else
            {
                Run(batches.AllRounds);
            }
        }));
    }
}
