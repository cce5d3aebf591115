#load "failure.cake"

/// <summary>Runs programs with their output going straight to the user.</summary>
public static class Shell
{
    /// <summary>Runs a program to its end and gives back its exit status.</summary>
    public static int Status(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(StartInfo(program, arguments));
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static void Run(string program, params string[] arguments)
    {
        int status = Status(program, arguments);
        if (status != 0)
        {
            throw new BuildFailure(BuildFailure.General, $"'{program} {string.Join(' ', arguments)}' failed with status {status}.");
        }
    }

    /// <summary>Runs a program that must succeed in a folder and gives back what it printed.</summary>
    public static string Capture(string folder, string program, params string[] arguments)
    {
        var start = StartInfo(program, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = System.Diagnostics.Process.Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BuildFailure(
                BuildFailure.General,
                $"'{program} {string.Join(' ', arguments)}' failed with status {process.ExitCode}.\n{output}{errors.Result}");
        }

        return output;
    }

    /// <summary>Whether a program says yes; what it prints is nobody's concern.</summary>
    public static bool Succeeds(string program, params string[] arguments)
    {
        var start = StartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = System.Diagnostics.Process.Start(start);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Whether a program is on the PATH or where system administration keeps its programs.</summary>
    public static bool Has(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, file)));
    }

    private static System.Diagnostics.ProcessStartInfo StartInfo(string program, string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program) { UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
