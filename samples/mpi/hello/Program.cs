using ToroCosmos.Mpi;

return MpiProgram.Run(args, world =>
{
    // In the order of the ranks: each waits for the one before it.
    if (world.Rank > 0)
    {
        _ = world.Receive<byte>(world.Rank - 1, 0);
    }

    MpiProgram.WriteLine($"Hello from rank {world.Rank} of {world.Size}");
    if (world.Rank + 1 < world.Size)
    {
        world.Send((byte)1, world.Rank + 1, 0);
    }
});
