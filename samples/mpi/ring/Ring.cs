using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>A token goes round, to which each rank adds its number: short ones, and one of a megabyte.</summary>
internal static class Ring
{
    private const int Rounds = 10;

    public static void Run(Communicator world)
    {
        int next = (world.Rank + 1) % world.Size;
        int previous = (world.Rank + world.Size - 1) % world.Size;
        foreach (int length in (int[])[1, 100, 131072])
        {
            long[] token = new long[length];
            for (int round = 0; round < Rounds; round++)
            {
                if (world.Rank > 0)
                {
                    world.Receive<long>(previous, round, token);
                }

                for (int i = 0; i < length; i++)
                {
                    token[i] += world.Rank + i;
                }

                if (world.Size > 1)
                {
                    world.Send<long>(token, next, round);
                    if (world.Rank == 0)
                    {
                        world.Receive<long>(previous, round, token);
                    }
                }
            }

            if (world.Rank == 0)
            {
                MpiProgram.WriteLine($"{length} numbers: the last is {token[^1]}");
            }
        }
    }
}
