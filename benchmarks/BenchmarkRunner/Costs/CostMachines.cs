using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Programs;
using TestRunner.Machines;
using TestRunner.Probing;
using TestRunner.Runs;

namespace BenchmarkRunner.Costs;

/// <summary>Counts all costs on this computer's QEMU.</summary>
public static class CostMachines
{
    /// <summary>A machine needs a second; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Counts them.</summary>
    /// <param name="kernel">The path of the cost kernel.</param>
    /// <exception cref="BenchmarkException">A machine did not run to its end, or did not tell what it should.</exception>
    /// <exception cref="FileNotFoundException">The kernel is not there.</exception>
    public static async Task<CostRecord> CountAsync(string kernel, CancellationToken cancellation)
    {
        string qemu = ProgramFinder.Find(QemuCommand.Program) is { } program ? QemuTrial.Version(program) : QemuCommand.Program;
        return await new CostCounter(BootImage.Open(kernel), qemu, BootAsync).CountAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> BootAsync(MachineSpec machine, CancellationToken cancellation)
    {
        (RunResult result, _) = await Machines.RunAsync(machine, s_limit, cancellation).ConfigureAwait(false);
        return result.Texts;
    }
}
