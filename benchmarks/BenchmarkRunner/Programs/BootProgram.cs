using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Rows;
using TestRunner.Machines;
using TestRunner.Runs;

namespace BenchmarkRunner.Programs;

/// <summary>The demo, booted for the times at which its lines come.</summary>
/// <param name="machine">The machine.</param>
/// <param name="repetitions">How often.</param>
public sealed class BootProgram(MachineSpec machine, int repetitions) : IBenchmarkProgram
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private string Kind => machine.Image.Kind == BootImageKind.Iso ? "iso" : "kernel";

    public string Name => $"guest, {machine.Cores} cores, boot by {Kind}";

    public string Where => "guest";

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
    {
        List<Sample> samples = [];
        for (int i = 0; i < repetitions; i++)
        {
            (RunResult result, _) = await Machines.RunAsync(machine, s_limit, cancellation).ConfigureAwait(false);
            if (!Demo.EndsWithPong(result))
            {
                throw new BenchmarkException("the demo's last line is no pong");
            }

            samples.Add(new Sample($"boot-{Kind}-first-line", machine.Cores, 0, "s", result.FirstLineAt!.Value.TotalSeconds));
            samples.Add(new Sample($"boot-{Kind}-last-pong", machine.Cores, 0, "s", result.LastLineAt!.Value.TotalSeconds));
        }

        return samples;
    }
}
