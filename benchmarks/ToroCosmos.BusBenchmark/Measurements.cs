using System;
using System.Collections.Generic;
using ToroCosmos.Hardware;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.BusBenchmark;

/// <summary>What is measured, for a number of cores.</summary>
internal static class Measurements
{
    private const int Rounds = 20_000;
    private const int LargestMessage = 64 * 1024;

    private static byte[][] s_buffers = [];

    public static Measurement[] For(int cores)
    {
        FlagPair.Prepare();
        s_buffers = new byte[cores][];
        for (int core = 0; core < cores; core++)
        {
            s_buffers[core] = new byte[LargestMessage];
        }

        MessageBus small = CreateBus(64, 1024, Cores.Lengths);
        MessageBus large = CreateBus(4, LargestMessage, Cores.Lengths);
        MessageBus sleepy = CreateBus(16, 64, new WaitLengths(0, 0));
        List<Measurement> all =
        [
            new("flag-oneway", 4, "ns", Flag),
            new("bus-oneway", 8, "ns", () => PingPong(small, 8, Rounds)),
            new("bus-oneway", 64, "ns", () => PingPong(small, 64, Rounds)),
            new("bus-oneway", 1024, "ns", () => PingPong(small, 1024, Rounds / 2)),
            new("bus-oneway", LargestMessage, "ns", () => PingPong(large, LargestMessage, Rounds / 100)),
            new("bus-stream", 8, "Mmsg/s", () => Stream(small, 8, Rounds * 5)),
            new("bus-stream", 64, "Mmsg/s", () => Stream(small, 64, Rounds * 5)),
            new("bus-stream", 1024, "Mmsg/s", () => Stream(small, 1024, Rounds)),
            new("bus-wake", 8, "ns", () => PingPong(sleepy, 8, Rounds / 40)),
        ];
        if (cores > 2)
        {
            all.Add(new("bus-all-to-all", 8, "Mmsg/s", () => AllToAll(small, 8, Rounds / 10)));
        }

        return [.. all];
    }

    private static unsafe MessageBus CreateBus(int queueSize, int bufferSize, WaitLengths lengths)
    {
        var options = new BusOptions { QueueSize = queueSize, BufferSize = bufferSize, Waiting = lengths };
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, options);
        byte* memory = PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        var bus = new MessageBus(memory, bytes, Cores.Count, Cores.Sleep!, options);
        Cores.RunOnAll(core => bus.Endpoint(core).InitializeQueues());
        return bus;
    }

    private static double Flag()
    {
        FlagPair.Reset();
        Cores.Run(1, _ => FlagPair.Return(Rounds));
        ulong begin = Clock.Now;
        FlagPair.Serve(Rounds);
        double time = Nanoseconds(begin);
        Cores.Join(1);
        return time / (2 * Rounds);
    }

    /// <returns>Nanoseconds one way.</returns>
    private static double PingPong(MessageBus bus, int bytes, int rounds)
    {
        Cores.Run(1, core =>
        {
            BusEndpoint endpoint = bus.Endpoint(core);
            Span<byte> buffer = s_buffers[core].AsSpan(0, bytes);
            for (int i = 0; i < rounds; i++)
            {
                _ = endpoint.RecvFrom(0, buffer);
                _ = endpoint.SendTo(0, buffer);
            }
        });
        BusEndpoint endpoint = bus.Endpoint(0);
        Span<byte> buffer = s_buffers[0].AsSpan(0, bytes);
        ulong begin = Clock.Now;
        for (int i = 0; i < rounds; i++)
        {
            _ = endpoint.SendTo(1, buffer);
            _ = endpoint.RecvFrom(1, buffer);
        }

        double time = Nanoseconds(begin);
        Cores.Join(1);
        return time / (2.0 * rounds);
    }

    /// <returns>Millions of messages a second from core 0 to core 1.</returns>
    private static double Stream(MessageBus bus, int bytes, int messages)
    {
        Cores.Run(1, core =>
        {
            BusEndpoint endpoint = bus.Endpoint(core);
            Span<byte> buffer = s_buffers[core].AsSpan(0, bytes);
            for (int i = 0; i < messages; i++)
            {
                _ = endpoint.RecvFrom(0, buffer);
            }
        });
        BusEndpoint endpoint = bus.Endpoint(0);
        Span<byte> buffer = s_buffers[0].AsSpan(0, bytes);
        ulong begin = Clock.Now;
        for (int i = 0; i < messages; i++)
        {
            _ = endpoint.SendTo(1, buffer);
        }

        Cores.Join(1);
        return messages * 1000.0 / Nanoseconds(begin);
    }

    /// <returns>Millions of messages a second, all pairs together.</returns>
    private static double AllToAll(MessageBus bus, int bytes, int rounds)
    {
        ulong begin = Clock.Now;
        Cores.RunOnAll(core =>
        {
            BusEndpoint endpoint = bus.Endpoint(core);
            Span<byte> buffer = s_buffers[core].AsSpan(0, bytes);
            for (int i = 0; i < rounds; i++)
            {
                for (int distance = 1; distance < bus.Cores; distance++)
                {
                    _ = endpoint.SendTo((core + distance) % bus.Cores, buffer);
                }

                for (int distance = 1; distance < bus.Cores; distance++)
                {
                    _ = endpoint.RecvFrom((core + distance) % bus.Cores, buffer);
                }
            }
        });
        return (double)rounds * bus.Cores * (bus.Cores - 1) * 1000 / Nanoseconds(begin);
    }

    private static double Nanoseconds(ulong begin) => (Clock.Now - begin) * 1e9 / Clock.TicksPerSecond;
}
