using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>The net6.0 assemblies, where the build leaves them.</summary>
internal static class Assemblies
{
    private static readonly string s_folders = typeof(Assemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "AssemblyFolders").Value!;

    /// <summary>The libraries, and the demo's program over them.</summary>
    public static string[] Product =>
    [
        Find("ToroCosmos.Il2Cpu.Demo", "ToroCosmos"),
        Find("ToroCosmos.Il2Cpu.Demo", "ToroCosmos.VirtIOBus"),
        Find("ToroCosmos.Il2Cpu.Demo", "ToroCosmos.Mpi"),
        Find("ToroCosmos.Il2Cpu.Demo", "ToroCosmos.Il2Cpu.Demo"),
    ];

    /// <summary>Planted violations.</summary>
    public static string Planted => Find("ToroCosmos.Il2Cpu.Planted", "ToroCosmos.Il2Cpu.Planted");

    private static string Find(string project, string name)
    {
        string file = Path.GetFullPath(
            Path.Combine(s_folders.Replace("{0}", project, StringComparison.Ordinal), name + ".dll"));
        return File.Exists(file) ? file : throw new FileNotFoundException($"There is no {file}: build the solution first.", file);
    }
}
