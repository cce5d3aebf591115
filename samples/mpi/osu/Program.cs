using ToroCosmos.Mpi;
using ToroCosmos.Samples;

return MpiProgram.Run(args, Osu.Run);
