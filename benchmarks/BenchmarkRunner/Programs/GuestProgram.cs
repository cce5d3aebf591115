using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Rows;
using TestRunner.Machines;
using TestRunner.Runs;

namespace BenchmarkRunner.Programs;

/// <summary>A machine whose kernel tells samples on its serial line.</summary>
/// <param name="name">What the kernel measures.</param>
/// <param name="machine">The machine.</param>
/// <param name="limit">When it is ended.</param>
public sealed class GuestProgram(string name, MachineSpec machine, TimeSpan limit) : IBenchmarkProgram
{
    /// <summary>A text that the names of the rows contain; the floors are kept, too.</summary>
    public string Filter { get; init; } = "";

    public string Name => $"guest, {machine.Cores} cores, {name}";

    public string Where => "guest";

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
    {
        (RunResult result, Accelerator accelerator) = await Machines.RunAsync(machine, limit, cancellation).ConfigureAwait(false);
        string suffix = Oversubscription.Suffix(machine.Cores, Environment.ProcessorCount, accelerator);
        Sample[] samples = [.. SampleLines.Read(result.Texts)];
        bool isAny = samples.Any(Fits);
        return
        [
            .. samples
                .Where(sample => isAny && (Fits(sample) || RowBuilder.IsFloor(sample.Name)))
                .Select(sample => sample with { Name = sample.Name + suffix }),
        ];
    }

    private bool Fits(Sample sample) => sample.Name.Contains(Filter, StringComparison.Ordinal);
}
