using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;
using ToroCosmos.Packages.Tests;

namespace ToroCosmos.Build.Tests;

/// <summary>TestRunner with a machine that waits for gdb, as a user starts it.</summary>
internal sealed class DebuggedMachine : IAsyncDisposable
{
    private const string BeforeCommand = "in another terminal: ";

    /// <summary>UEFI firmware needs some seconds; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly Process _runner;

    private DebuggedMachine(Process runner, string announcement)
    {
        _runner = runner;
        Announcement = announcement;
    }

    /// <summary>The line that tells what to type.</summary>
    public string Announcement { get; }

    /// <summary>Starts TestRunner and waits until it tells what to type.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<DebuggedMachine> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MachineSpec).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process runner = Process.Start(start)!;
        string told = "";
        while (await runner.StandardError.ReadLineAsync().WaitAsync(s_limit) is { } line)
        {
            if (line.Contains(BeforeCommand, StringComparison.Ordinal))
            {
                return new DebuggedMachine(runner, line);
            }

            told += line + "\n";
        }

        runner.Dispose();
        throw new InvalidOperationException($"TestRunner told no command: {told}");
    }

    /// <summary>Types what TestRunner told, and has gdb carry out a file of commands.</summary>
    public Task<ProgramResult> DebugAsync(string script) => ProgramRun.ToEndAsync(
        new ProcessStartInfo("sh", ["-c", $"{Announcement.Split(BeforeCommand).Last()} -nx -batch -x '{script}'"]), s_limit);

    /// <summary>Waits for TestRunner's end.</summary>
    public async Task<ProgramResult> EndAsync()
    {
        Task<string> output = _runner.StandardOutput.ReadToEndAsync();
        string errors = await _runner.StandardError.ReadToEndAsync().WaitAsync(s_limit);
        await _runner.WaitForExitAsync().WaitAsync(s_limit);
        return new ProgramResult(_runner.ExitCode, await output, errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_runner.HasExited)
        {
            // Not SIGKILL, which would leave the emulator behind.
            await ProgramRun.ToEndAsync(new ProcessStartInfo("kill", ["-TERM", $"{_runner.Id}"]), s_limit);
            await _runner.WaitForExitAsync().WaitAsync(s_limit);
        }

        _runner.Dispose();
    }
}
