using System;
using ToroCosmos.Mpi;
using ToroCosmos.Samples;

// Which sample: the last word of the command line. Failures are samples too.
string name = args.Length > 0 ? args[^1] : "";
Action<Communicator>? sample = name switch
{
    "sample=hello" => Hello.Run,
    "sample=ring" => Ring.Run,
    "sample=pi" => Pi.Run,
    "sample=jacobi" => Jacobi.Run,
    "sample=ep" => Ep.Run,
    "sample=is" => IntegerSort.Run,
    "sample=osu" => Osu.Run,
    "sample=throw" => world =>
    {
        if (world.Rank == 1)
        {
            throw new InvalidOperationException("rank 1 cannot go on");
        }

        _ = world.Receive<int>(Communicator.AnySource, 0);
    }
    ,
    "sample=abort" => world =>
    {
        if (world.Rank == 1)
        {
            world.Abort(7);
        }

        world.Barrier();
    }
    ,
    _ => null,
};
if (sample == null)
{
    MpiProgram.WriteLine("unknown sample " + name);
    return 2;
}

return MpiProgram.Run(args, sample);
