using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Bochs;

/// <summary>
/// A Bochs process: the serial line grows in a file, in which each byte is written through as it is sent, and Bochs' log
/// tells how the machine ended. Nobody is at its debugger's prompt: it finds the end of its input there and leaves.
/// </summary>
public sealed class BochsProcess : IMachineProcess
{
    /// <summary>POSIX.1-2017, signal.h.</summary>
    private const int SigInt = 2;

    /// <summary>How long Bochs has to write where its processors are.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a machine at its end may go on; for a busy computer.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly TemporaryFolder _folder;
    private readonly BochsLog _log = new();

    private BochsProcess(Process process, TemporaryFolder folder, long startedAt)
    {
        StartedAt = startedAt;
        _process = process;
        _folder = folder;
        Completion = FollowAsync();
        Serial = new GrowingFileStream(folder.File(BochsrcFile.Serial), Completion);
    }

    public long StartedAt { get; }

    public Stream Serial { get; }

    public Task<MachineEnd> Completion { get; }

    /// <summary>Starts Bochs in a folder that has what its arguments name.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The machine's private folder, and Bochs' working folder; the process owns it once started.</param>
    public static BochsProcess Start(string program, IReadOnlyList<string> arguments, TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        long startedAt = Stopwatch.GetTimestamp();
        Process process = EmulatorProgram.Start(BochsCommand.CreateStart(program, arguments, folder.Path));
        process.StandardInput.Close();
        return new BochsProcess(process, folder, startedAt);
    }

    /// <summary>Interrupts Bochs as Ctrl-C does: it writes all registers into its log and ends.</summary>
    public async Task<IReadOnlyList<CoreState>> FindCoresAsync()
    {
        if (_process.HasExited || kill(_process.Id, SigInt) != 0)
        {
            return [];
        }

        await Task.WhenAny(Completion, Task.Delay(s_patience)).ConfigureAwait(false);
        return Completion.IsCompleted ? _log.Cores : [];
    }

    public void Kill() => EmulatorProgram.End(_process);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion.ConfigureAwait(false);
        await Serial.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<MachineEnd> FollowAsync()
    {
        // The display: a full pipe would stop Bochs.
        Task display = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        Task<string> errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task exited = _process.WaitForExitAsync(CancellationToken.None);
        using var reader = new StreamReader(new GrowingFileStream(_folder.File(BochsrcFile.Log), exited));
        Task? ending = null;
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            _log.Read(line);
            if (_log.WasReset)
            {
                // It would boot for ever.
                Kill();
            }
            else if (_log.IsEnding)
            {
                ending ??= EndSoonAsync(exited);
            }
        }

        await exited.ConfigureAwait(false);
        await display.ConfigureAwait(false);
        await (ending ?? Task.CompletedTask).ConfigureAwait(false);

        // Before Bochs has opened its log it writes to its standard error.
        string words = await errors.ConfigureAwait(false);
        foreach (string line in words.Split('\n'))
        {
            _log.Read(line);
        }

        return _log.End(_process.ExitCode, words.Trim());
    }

    /// <summary>
    /// Ends a machine at its end. A kernel that has written its exit code may halt; its serial line still sends what it
    /// holds. And Bochs 2.7 was seen to tell of a power-off and then not to leave.
    /// </summary>
    private async Task EndSoonAsync(Task exited)
    {
        await Task.WhenAny(exited, Task.Delay(s_grace)).ConfigureAwait(false);
        Kill();
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
