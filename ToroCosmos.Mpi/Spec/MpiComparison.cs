namespace ToroCosmos.Mpi.Spec;

/// <summary>What the comparison of two communicators or groups says.</summary>
public enum MpiComparison
{
    Ident = 201,
    Congruent = 202,
    Similar = 203,
    Unequal = 204,
}
