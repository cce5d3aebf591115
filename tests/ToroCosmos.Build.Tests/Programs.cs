using System;
using System.IO;
using System.Linq;

namespace ToroCosmos.Build.Tests;

/// <summary>Programs of the system.</summary>
internal static class Programs
{
    /// <summary>The path of a program.</summary>
    public static string Find(string name) => TryFind(name)
        ?? throw new FileNotFoundException($"There is no program {name} on the PATH.");

    /// <summary>The path of a program; null when there is none.</summary>
    public static string? TryFind(string name) => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
