using System;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>The integral of 4 / (1 + x x) from 0 to 1, by the midpoint rule.</summary>
internal static class Pi
{
    private const int Intervals = 100_000;

    public static void Run(Communicator world)
    {
        int intervals = world.Rank == 0 ? Intervals : 0;
        world.Broadcast(ref intervals, 0);
        double width = 1.0 / intervals;
        double sum = 0;
        for (int i = world.Rank; i < intervals; i += world.Size)
        {
            double x = width * (i + 0.5);
            sum += 4.0 / (1.0 + (x * x));
        }

        double pi = world.Reduce(width * sum, Operation.Add, 0);
        if (world.Rank == 0)
        {
            MpiProgram.WriteLine(Math.Abs(pi - Math.PI) < 1e-9 ? $"pi is about {(long)(pi * 1e8)} / 100000000" : "pi is wrong");
        }
    }
}
