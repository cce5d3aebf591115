using System;
using System.IO;
using System.Linq;

namespace TestRunner.Machines;

/// <summary>Finds programs the way a shell does.</summary>
public static class ProgramFinder
{
    /// <summary>The full path of a program of the PATH, or null.</summary>
    public static string? Find(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
