using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;

namespace TestRunner.Runs;

/// <summary>A QEMU process with its serial line on standard output and its monitor on a socket.</summary>
public sealed class QemuProcess : IMachineProcess
{
    /// <summary>What QEMU says when gdb's command kill ends it. It leaves with status 0 and tells its monitor nothing.</summary>
    private const string KilledByGdb = "Terminated via GDBstub";

    private readonly Process _process;
    private readonly QmpMonitor _monitor;
    private readonly TemporaryFolder _folder;

    private QemuProcess(Process process, QmpMonitor monitor, TemporaryFolder folder, long startedAt, bool isDebugged)
    {
        StartedAt = startedAt;
        _process = process;
        _monitor = monitor;
        _folder = folder;
        Completion = WaitAsync(isDebugged);
    }

    public long StartedAt { get; }

    public Stream Serial => _process.StandardOutput.BaseStream;

    public Task<MachineEnd> Completion { get; }

    /// <summary>Starts QEMU.</summary>
    /// <param name="qemu">Path of the program.</param>
    /// <param name="arguments">Its arguments, given the path of the monitor's socket.</param>
    /// <param name="folder">The machine's private folder; the process owns it once started.</param>
    /// <param name="isDebugged">Whether gdb starts the machine.</param>
    public static QemuProcess Start(
        string qemu,
        Func<string, IReadOnlyList<string>> arguments,
        TemporaryFolder folder,
        bool isDebugged = false)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(folder);
        string socket = folder.File("qmp");
        var monitor = new QmpMonitor(socket);
        var start = new ProcessStartInfo(qemu)
        {
            // QEMU's serial line also reads standard input: the terminal, or a closed pipe, stays out of it.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments(socket))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            long startedAt = Stopwatch.GetTimestamp();
            return new QemuProcess(EmulatorProgram.Start(start), monitor, folder, startedAt, isDebugged);
        }
        catch (MachineException)
        {
            monitor.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<CoreState>> FindCoresAsync() => _monitor.FindCoresAsync(TimeSpan.FromSeconds(2));

    /// <summary>Has QEMU carry out a command of its monitor, such as <c>mce</c>.</summary>
    public Task CommandAsync(string command) => _monitor.CommandAsync(command);

    public void Kill() => EmulatorProgram.End(_process);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion.ConfigureAwait(false);
        _monitor.Dispose();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<MachineEnd> WaitAsync(bool isDebugged)
    {
        using var exited = new CancellationTokenSource();
        Task<ShutdownCause> cause = _monitor.RunAsync(starts: !isDebugged, exited.Token);
        string errors = await _process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);

        // A QEMU that refused its arguments never called; one that ran has closed its socket by ending.
        await exited.CancelAsync().ConfigureAwait(false);
        ShutdownCause found = await cause.ConfigureAwait(false);
        bool killed = isDebugged && found == ShutdownCause.Unknown && errors.Contains(KilledByGdb, StringComparison.Ordinal);
        return new MachineEnd(_process.ExitCode, killed ? ShutdownCause.Debugger : found, errors.Trim());
    }
}
