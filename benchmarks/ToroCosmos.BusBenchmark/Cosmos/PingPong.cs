using System;
using ToroCosmos.Benchmarking;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.BusBenchmark;

/// <summary>The time of a message of 8 bytes from core 0 to core 1: half a round trip.</summary>
internal static unsafe class PingPong
{
    private const int Repetitions = 7;
    private const int Bytes = 8;
    private const int Rounds = 20_000;
    private const int WakeRounds = 500;

    private static readonly byte[][] s_buffers = [new byte[Bytes], new byte[Bytes]];
    private static FlagPair? s_flags;
    private static MessageBus? s_bus;
    private static int s_rounds;

    public static void Run()
    {
        s_flags = new FlagPair(PhysicalMemory.Allocate(FlagPair.Bytes, FlagPair.LineBytes));
        MessageBus bus = Create(64, Cores.Lengths);
        MessageBus sleepy = Create(16, new WaitLengths(0, 0));
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            // Interleaved, so that what disturbs the host disturbs all alike.
            s_flags.Reset();
            Print("flag-oneway"u8, sizeof(uint), Rounds, Measure(Rounds, &FlagAtFirst, &FlagAtSecond));
            s_bus = bus;
            Print("bus-oneway"u8, Bytes, Rounds, Measure(Rounds, &BusAtFirst, &BusAtSecond));
            s_bus = sleepy;
            Print("bus-wake"u8, Bytes, WakeRounds, Measure(WakeRounds, &BusAtFirst, &BusAtSecond));
        }
    }

    private static MessageBus Create(int queueSize, WaitLengths lengths)
    {
        var options = new BusOptions { QueueSize = queueSize, BufferSize = 64, Waiting = lengths };
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, options);
        byte* memory = PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        s_bus = new MessageBus(memory, bytes, Cores.Count, Cores.Sleep!, options);
        Cores.RunOnAll(&InitializeQueues);
        return s_bus;
    }

    private static void InitializeQueues(int core) => s_bus!.Endpoint(core).InitializeQueues();

    /// <returns>Ticks.</returns>
    private static ulong Measure(int rounds, delegate*<int, void> first, delegate*<int, void> second)
    {
        s_rounds = rounds;
        Cores.Run(1, second);
        ulong begin = Clock.Now;
        first(0);
        ulong ticks = Clock.Now - begin;
        Cores.Join(1);
        return ticks;
    }

    private static void FlagAtFirst(int core) => s_flags!.Serve(s_rounds);

    private static void FlagAtSecond(int core) => s_flags!.Return(s_rounds);

    private static void BusAtFirst(int core)
    {
        BusEndpoint end = s_bus!.Endpoint(core);
        var buffer = new Span<byte>(s_buffers[core]);
        for (int i = s_rounds; i > 0; i--)
        {
            _ = end.SendTo(1, buffer);
            _ = end.RecvFrom(1, buffer, out _);
        }
    }

    private static void BusAtSecond(int core)
    {
        BusEndpoint end = s_bus!.Endpoint(core);
        var buffer = new Span<byte>(s_buffers[core]);
        for (int i = s_rounds; i > 0; i--)
        {
            _ = end.RecvFrom(0, buffer, out _);
            _ = end.SendTo(0, buffer);
        }
    }

    private static void Print(ReadOnlySpan<byte> name, int bytes, int rounds, ulong ticks)
    {
        double nanoseconds = ticks * 1e9 / Clock.TicksPerSecond / (2 * rounds);
        new TextLine().Append("bench "u8).Append(name).Append(" cores="u8).Append(Cores.Count).Append(" bytes="u8).Append(bytes)
            .Append(" ns="u8).Append((long)nanoseconds).Print();
    }
}
