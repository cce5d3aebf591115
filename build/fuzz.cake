#load "failure.cake"
#load "shell.cake"

/// <summary>Runs the coverage-guided fuzzer AFL++ on the driver's queue, instrumented by SharpFuzz.</summary>
public static class Fuzzing
{
    // The version that Directory.Packages.props has too. Not a tool of the build's manifest: nothing else needs it.
    private const string SharpFuzz = "2.3.0";

    /// <summary>Fuzzes for some seconds; fails when an input is found that the queue does not bear.</summary>
    /// <param name="program">The folder with the fuzzed program as it is built; it stays as it is.</param>
    /// <param name="corpus">The file with the first inputs.</param>
    /// <param name="folder">Where all of it is done; what an earlier run found is removed.</param>
    /// <param name="seconds">How long.</param>
    public static void Run(string program, string corpus, string folder, int seconds)
    {
        if (!Shell.Has("afl-fuzz"))
        {
            Console.WriteLine("Skipped: there is no afl-fuzz on this computer. On Debian and Ubuntu it is in the package afl++.");
            return;
        }

        string tools = System.IO.Path.Combine(folder, "tools");
        string sharpfuzz = System.IO.Path.Combine(tools, "sharpfuzz");
        if (!System.IO.File.Exists(sharpfuzz))
        {
            Shell.Run("dotnet", "tool", "install", "--tool-path", tools, "SharpFuzz.CommandLine", "--version", SharpFuzz);
        }

        string copy = Fresh(folder, "program");
        foreach (string file in System.IO.Directory.GetFiles(program))
        {
            System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        string fuzzed = System.IO.Path.Combine(copy, "ToroCosmos.Virtio.Fuzz.dll");
        string seeds = Fresh(folder, "seeds");
        string findings = Fresh(folder, "findings");
        Shell.Run("dotnet", fuzzed, "--seeds", seeds, corpus);
        Shell.Run(sharpfuzz, System.IO.Path.Combine(copy, "ToroCosmos.dll"));
        var settings = new Dictionary<string, string>
        {
            // The program is one of .NET, which the fuzzer cannot see into; nothing of the system is changed for its sake.
            ["AFL_SKIP_BIN_CHECK"] = "1",
            ["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = "1",
            ["AFL_SKIP_CPUFREQ"] = "1",
            ["AFL_NO_AFFINITY"] = "1",
            ["AFL_NO_UI"] = "1",
        };
        foreach (var (name, value) in settings)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Shell.Run("afl-fuzz", "-i", seeds, "-o", findings, "-t", "10000", "-m", "none", "-V", seconds.ToString(), "--", "dotnet", fuzzed);
        string[] crashes = System.IO.Directory.GetFiles(System.IO.Path.Combine(findings, "default", "crashes"), "id*");
        if (crashes.Length > 0)
        {
            throw new BuildFailure(
                BuildFailure.General,
                $"The fuzzer found {crashes.Length} inputs that the queue does not bear. Play one, and add it to '{corpus}':\n"
                + $"dotnet {System.IO.Path.Combine(program, "ToroCosmos.Virtio.Fuzz.dll")} {crashes[0]}\n{Convert.ToHexString(System.IO.File.ReadAllBytes(crashes[0]))}");
        }
    }

    private static string Fresh(string folder, string name)
    {
        string fresh = System.IO.Path.Combine(folder, name);
        if (System.IO.Directory.Exists(fresh))
        {
            System.IO.Directory.Delete(fresh, recursive: true);
        }

        return System.IO.Directory.CreateDirectory(fresh).FullName;
    }
}
