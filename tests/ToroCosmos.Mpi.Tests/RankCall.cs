using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What a rank does, with a request where it is to use the forms that do not wait; else null.</summary>
internal unsafe delegate void RankCall(Rank rank, MpiRequest* request);
