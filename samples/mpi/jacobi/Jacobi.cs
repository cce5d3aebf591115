using System;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>
/// Heat in a plate whose upper edge is hot: each point becomes the mean of its neighbours, again and again. Each rank has some
/// rows, and gets those beside them from its neighbours.
/// </summary>
internal static class Jacobi
{
    private const int Width = 64;
    private const int Height = 64;
    private const int Steps = 400;

    public static void Run(Communicator world)
    {
        int first = Height * world.Rank / world.Size;
        int rows = (Height * (world.Rank + 1) / world.Size) - first;
        int up = world.Rank > 0 ? world.Rank - 1 : Communicator.Null;
        int down = world.Rank + 1 < world.Size ? world.Rank + 1 : Communicator.Null;

        // With a row of the neighbour's above and below.
        double[] old = new double[(rows + 2) * Width];
        double[] next = new double[(rows + 2) * Width];
        if (world.Rank == 0)
        {
            old.AsSpan(0, Width).Fill(100);
            next.AsSpan(0, Width).Fill(100);
        }

        for (int step = 1; step <= Steps; step++)
        {
            Span<double> row = old;
            world.SendReceive<double>(row.Slice(Width, Width), up, 0, down, 0, row.Slice((rows + 1) * Width, Width));
            world.SendReceive<double>(row.Slice(rows * Width, Width), down, 1, up, 1, row[..Width]);
            double change = 0;
            for (int y = 1; y <= rows; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int at = (y * Width) + x;
                    double left = x > 0 ? old[at - 1] : 0;
                    double right = x + 1 < Width ? old[at + 1] : 0;
                    next[at] = 0.25 * (left + right + old[at - Width] + old[at + Width]);
                    change = Math.Max(change, Math.Abs(next[at] - old[at]));
                }
            }

            (old, next) = (next, old);
            if (step % 100 == 0)
            {
                // The largest change, which does not depend on who has which rows.
                double residual = world.Allreduce(change, Operation.Max);
                if (world.Rank == 0)
                {
                    MpiProgram.WriteLine($"step {step}: residual {(long)(residual * 1e9)} / 1000000000");
                }
            }
        }
    }
}
