using System;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>
/// NPB's EP, class S: 2^24 pairs of random numbers, of which those in the unit circle become Gaussian deviates; their sums
/// are known (NAS Parallel Benchmarks, RNR-94-007, 2.2).
/// </summary>
internal static class Ep
{
    private const int LogPairs = 24;
    private const int LogBatch = 16;
    private const double A = 1220703125;
    private const double Seed = 271828183;
    private const double SumX = -3.247834652034740e+3;
    private const double SumY = -6.958407078382297e+3;
    private const double Tolerance = 1e-8;

    public static void Run(Communicator world)
    {
        const int Batches = 1 << (LogPairs - LogBatch);
        Span<double> sums = stackalloc double[2];
        Span<long> counts = stackalloc long[10];
        counts.Clear();
        sums.Clear();
        for (int batch = world.Rank; batch < Batches; batch += world.Size)
        {
            NpbRandom random = NpbRandom.At(Seed, A, (long)batch << (LogBatch + 1));
            for (int i = 0; i < 1 << LogBatch; i++)
            {
                double x = (2 * random.Next()) - 1;
                double y = (2 * random.Next()) - 1;
                double square = (x * x) + (y * y);
                if (square <= 1)
                {
                    double factor = Math.Sqrt(-2 * Math.Log(square) / square);
                    x *= factor;
                    y *= factor;
                    counts[(int)Math.Max(Math.Abs(x), Math.Abs(y))]++;
                    sums[0] += x;
                    sums[1] += y;
                }
            }
        }

        Span<double> allSums = stackalloc double[2];
        Span<long> allCounts = stackalloc long[10];
        world.Allreduce<double>(sums, Operation.Add, allSums);
        world.Allreduce<long>(counts, Operation.Add, allCounts);
        if (world.Rank == 0)
        {
            for (int i = 0; i < 6; i++)
            {
                MpiProgram.WriteLine($"EP: {allCounts[i]} in annulus {i}");
            }

            bool isRight = Math.Abs((allSums[0] - SumX) / SumX) <= Tolerance && Math.Abs((allSums[1] - SumY) / SumY) <= Tolerance;
            MpiProgram.WriteLine(isRight ? "EP class S: VERIFICATION SUCCESSFUL" : "EP class S: VERIFICATION FAILED");
        }
    }
}
