using System.IO;
using System.Linq;
using System.Reflection;

namespace ToroCosmos.MpiSamples.Tests;

/// <summary>What the build has made.</summary>
internal static class Paths
{
    public static string Kernel => Path.Combine(Of("RepositoryRoot"), "artifacts", "ToroCosmos.MpiSamples.elf");

    public static string ClusterProgram => Of("ClusterProgram");

    public static string Shim => Path.Combine(Of("RepositoryRoot"), "ToroCosmos.Mpi.Cluster", "toro_mpi.c");

    private static string Of(string key) => Path.GetFullPath(typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!);
}
