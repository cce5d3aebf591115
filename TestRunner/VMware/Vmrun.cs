using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;

namespace TestRunner.VMware;

/// <summary>The real tool.</summary>
/// <param name="program">Its path.</param>
public sealed class Vmrun(string program) : IVmrun
{
    /// <summary>A call takes seconds; one that waits for a dialog nobody sees never ends.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public async Task<VmrunAnswer> CallAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start) ?? throw new MachineException($"'{program}' could not be started.");
            using var limit = new CancellationTokenSource(s_limit);
            try
            {
                Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
                string output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
                output += await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return new VmrunAnswer(process.ExitCode, output.Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                return new VmrunAnswer(-1, $"vmrun did not end within {s_limit.TotalSeconds:0} s");
            }
        }
        catch (Win32Exception exception)
        {
            throw new MachineException($"'{program}' could not be started: {exception.Message}", exception);
        }
    }
}
