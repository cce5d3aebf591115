using ToroCosmos.Mpi;
using ToroCosmos.Samples;

return MpiProgram.Run(args, Jacobi.Run);
