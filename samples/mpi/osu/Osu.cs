using System;
using System.Diagnostics;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>
/// Times in the form of the OSU benchmarks: one way between two ranks, bandwidth, and collective operations among all. What
/// they say depends on the machine; times of an emulator are compared with those of the same emulator.
/// </summary>
internal static class Osu
{
    private const int Largest = 65536;
    private const int Window = 16;

    public static void Run(Communicator world)
    {
        if (world.Size < 2)
        {
            MpiProgram.WriteLine("OSU: two ranks or more are needed");
            return;
        }

        byte[] data = new byte[Largest];
        byte[] other = new byte[Largest];
        Title(world, "# Latency: bytes, microseconds one way");
        for (int bytes = 1; bytes <= Largest; bytes <<= 2)
        {
            int length = bytes;
            double time = Time(world, Rounds(bytes), () => PingPong(world, data.AsSpan(0, length), other.AsSpan(0, length)));
            Row(world, bytes, time / 2);
        }

        Title(world, "# Bandwidth: bytes, MB/s");
        for (int bytes = 64; bytes <= Largest; bytes <<= 2)
        {
            int length = bytes;
            double time = Time(world, Rounds(bytes) / 4, () => Stream(world, data.AsSpan(0, length), other.AsSpan(0, length)));
            Row(world, bytes, Window * (double)bytes / time);
        }

        double[] values = new double[Largest / sizeof(double)];
        double[] sums = new double[Largest / sizeof(double)];
        Title(world, "# Barrier: ranks, microseconds");
        Row(world, world.Size, Time(world, 1000, world.Barrier));
        Title(world, "# Allreduce of sums: bytes, microseconds");
        for (int bytes = 8; bytes <= Largest; bytes <<= 2)
        {
            int count = bytes / sizeof(double);
            Row(world, bytes, Time(
                world, Rounds(bytes), () => world.Allreduce<double>(values.AsSpan(0, count), Operation.Add, sums.AsSpan(0, count))));
        }

        Title(world, "# Broadcast: bytes, microseconds");
        for (int bytes = 8; bytes <= Largest; bytes <<= 2)
        {
            int length = bytes;
            Row(world, bytes, Time(world, Rounds(bytes), () => world.Broadcast<byte>(data.AsSpan(0, length), 0)));
        }
    }

    private static void PingPong(Communicator world, Span<byte> data, Span<byte> other)
    {
        if (world.Rank == 0)
        {
            world.Send<byte>(data, 1, 0);
            world.Receive<byte>(1, 0, other);
        }
        else if (world.Rank == 1)
        {
            world.Receive<byte>(0, 0, other);
            world.Send<byte>(data, 0, 0);
        }
    }

    /// <summary>A window of messages, and an answer.</summary>
    private static void Stream(Communicator world, Span<byte> data, Span<byte> other)
    {
        for (int i = 0; i < Window && world.Rank < 2; i++)
        {
            if (world.Rank == 0)
            {
                world.Send<byte>(data, 1, 0);
            }
            else
            {
                world.Receive<byte>(0, 0, other);
            }
        }

        if (world.Rank == 0)
        {
            _ = world.Receive<byte>(1, 1);
        }
        else if (world.Rank == 1)
        {
            world.Send((byte)1, 0, 1);
        }
    }

    private static int Rounds(int bytes) => bytes <= 1024 ? 1000 : 200;

    /// <summary>Microseconds a round, after some that are not counted.</summary>
    private static double Time(Communicator world, int rounds, Action round)
    {
        for (int i = 0; i < rounds / 10; i++)
        {
            round();
        }

        world.Barrier();
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            round();
        }

        return (double)(Stopwatch.GetTimestamp() - begin) * 1e6 / Stopwatch.Frequency / rounds;
    }

    private static void Title(Communicator world, string title)
    {
        if (world.Rank == 0)
        {
            MpiProgram.WriteLine(title);
        }
    }

    private static void Row(Communicator world, int number, double value)
    {
        if (world.Rank == 0)
        {
            long hundredths = (long)Math.Round(value * 100);
            MpiProgram.WriteLine($"{number,-10} {hundredths / 100}.{hundredths % 100:00}");
        }
    }
}
