using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Rows;
using TestRunner.Machines;
using TestRunner.Runs;

namespace BenchmarkRunner.Programs;

/// <summary>Finds the smallest machine that the demo runs on, by halving.</summary>
/// <param name="machine">The machine, with memory that is known to suffice.</param>
public sealed class MemoryProgram(MachineSpec machine) : IBenchmarkProgram
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public string Name => $"guest, {machine.Cores} cores, smallest memory";

    public string Where => "guest";

    public bool RunsOnce => true;

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
    {
        int tooLittle = 0;
        int enough = machine.MemoryMegabytes;
        while (enough - tooLittle > 1)
        {
            int tried = (enough + tooLittle) / 2;
            if (await RunsAsync(tried, cancellation).ConfigureAwait(false))
            {
                enough = tried;
            }
            else
            {
                tooLittle = tried;
            }
        }

        return await RunsAsync(enough, cancellation).ConfigureAwait(false)
            ? [new Sample("boot-smallest-memory", machine.Cores, 0, "MB", enough)]
            : throw new BenchmarkException($"the demo does not run in {enough} MB every time");
    }

    private async Task<bool> RunsAsync(int megabytes, CancellationToken cancellation)
    {
        try
        {
            (RunResult result, _) = await Machines
                .RunAsync(machine with { MemoryMegabytes = megabytes }, s_limit, cancellation)
                .ConfigureAwait(false);
            return Demo.EndsWithPong(result);
        }
        catch (BenchmarkException)
        {
            return false;
        }
    }
}
