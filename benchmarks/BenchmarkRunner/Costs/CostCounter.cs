using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Programs;
using BenchmarkRunner.Rows;
using TestRunner.Machines;

namespace BenchmarkRunner.Costs;

/// <summary>
/// Counts all costs: boots the cost kernel on machines whose time-stamp counter instructions drive. Whatever else this
/// computer does, the same kernel has the same counts.
/// </summary>
/// <param name="kernel">The cost kernel.</param>
/// <param name="qemu">The emulator's name and version.</param>
/// <param name="boot">Boots a machine to its end and gives its lines; a <see cref="BenchmarkException"/> when it fails.</param>
public sealed class CostCounter(
    BootImage kernel, string qemu, Func<MachineSpec, CancellationToken, Task<IReadOnlyList<string>>> boot)
{
    private const string Metric = "ticks";
    private const string RuntimePrefix = "runtime ";

    /// <summary>The demo's usual number, which makes it possible to tell the start of one core from that of all.</summary>
    private const int Cores = 3;

    /// <summary>
    /// A computer with other work may end a core's turn early, at which others wait longer or shorter: that happens to one
    /// boot in ten. So a cost of several cores is what so many boots agree on, of so many.
    /// </summary>
    private const int AgreeingBoots = 5;
    private const int MaximumBoots = 20;

    /// <summary>Counts them.</summary>
    /// <exception cref="BenchmarkException">A machine did not run to its end, or did not tell what it should.</exception>
    public async Task<CostRecord> CountAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> bus = await BootAsync("bus", cores: 1, cancellation).ConfigureAwait(false);
        return new CostRecord(
            qemu,
            bus.FirstOrDefault(line => line.StartsWith(RuntimePrefix, StringComparison.Ordinal))?[RuntimePrefix.Length..]
                ?? throw new BenchmarkException("the cost kernel did not tell its runtime"),
            [
                .. Costs(bus),
                await CountStartAsync(cancellation).ConfigureAwait(false),
                .. await CountAgreedAsync("demo", Cores, cancellation).ConfigureAwait(false),
            ]);
    }

    /// <summary>One core more, whose start is the difference: what is done once, and waited for once, is in both.</summary>
    private async Task<CountedCost> CountStartAsync(CancellationToken cancellation)
    {
        double[] instructions = new double[2];
        for (int i = 0; i < instructions.Length; i++)
        {
            CountedCost[] costs = await CountAgreedAsync("start", Cores - 1 + i, cancellation).ConfigureAwait(false);
            instructions[i] = costs.Single().Instructions;
        }

        return new CountedCost("start-of-a-core", 0, instructions[1] - instructions[0]);
    }

    /// <summary>What several boots of several cores agree on.</summary>
    private async Task<CountedCost[]> CountAgreedAsync(string plan, int cores, CancellationToken cancellation)
    {
        List<CountedCost[]> boots = [];
        while (boots.Count < MaximumBoots)
        {
            CountedCost[] costs = Costs(await BootAsync(plan, cores, cancellation).ConfigureAwait(false));
            boots.Add(costs);
            if (boots.Count(boot => boot.SequenceEqual(costs)) == AgreeingBoots)
            {
                return costs;
            }
        }

        throw new BenchmarkException($"of {MaximumBoots} boots of {cores} cores no {AgreeingBoots} cost the same; let the computer do less meanwhile");
    }

    private Task<IReadOnlyList<string>> BootAsync(string plan, int cores, CancellationToken cancellation) =>
        boot(Machine(cores, $"plan={plan}"), cancellation);

    private static CountedCost[] Costs(IReadOnlyList<string> lines)
    {
        Sample[] samples = [.. SampleLines.Read(lines)];
        return samples.Length > 0 && samples.All(sample => sample.Metric == Metric)
            ? [.. samples.Select(sample => new CountedCost(sample.Name, sample.Bytes, sample.Value / QemuCommand.TicksPerInstruction))]
            : throw new BenchmarkException("the cost kernel did not tell what it counted");
    }

    /// <summary>The processor by name: QEMU's default may be another one in another version.</summary>
    private MachineSpec Machine(int cores, string append) => new()
    {
        Image = kernel,
        Cores = cores,
        Cpu = "qemu64",
        Append = append,
        Accelerator = AcceleratorChoice.TcgCounted,
    };
}
