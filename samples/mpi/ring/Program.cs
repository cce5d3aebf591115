using System;
using ToroCosmos.Mpi;

return MpiProgram.Run(args, world =>
{
    // A token goes round, a byte in one piece and then a megabyte; each rank adds its number.
    int next = (world.Rank + 1) % world.Size;
    int previous = (world.Rank + world.Size - 1) % world.Size;
    foreach (int length in (int[])[1, 100, 131072])
    {
        long[] token = new long[length];
        for (int round = 0; round < 10; round++)
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
});
