using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Programs.Tests;

/// <summary>
/// One boot of all programs on a machine, shared by its cases. When a program breaks the kernel, another boot goes on
/// after it, so that each one's outcome is known.
/// </summary>
/// <typeparam name="TMachine">The machine.</typeparam>
public sealed class ProgramBoot<TMachine> : IAsyncLifetime
    where TMachine : IProgramMachine, new()
{
    private const int MostBoots = 8;

    /// <summary>All programs take seconds; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>How long one program may take.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string> _outcomes = [];
    private readonly List<string> _problems = [];

    /// <summary>What became of each program, by its id.</summary>
    public IReadOnlyDictionary<string, string> Outcomes => _outcomes;

    /// <summary>What is wrong with the boots as a whole.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public async Task InitializeAsync()
    {
        MachineSpec machine = new TMachine().Create(Repository.Image());
        string[] ids = [.. Catalog.All.Select(program => program.Id)];
        for (int next = 0, boots = 0; next < ids.Length; boots++)
        {
            if (boots == MostBoots)
            {
                _problems.Add($"{MostBoots} programs broke the kernel; those after {ids[next - 1]} were not tried");
                return;
            }

            MachineSpec rest = next == 0 ? machine : machine with { Append = "from=" + ids[next] };
            RunResult run = await new MachineRun(new QemuLauncher()) { Silence = s_silence }
                .RunAsync(rest, RunExpectation.AnyOutput, s_limit, CancellationToken.None);
            ProgramReport report = ProgramReport.Parse(run.Texts, run.Cause);
            _problems.AddRange(report.Problems);
            foreach ((string id, string outcome) in report.Outcomes)
            {
                _outcomes[id] = outcome;
            }

            next = report.Broken is null ? ids.Length : Array.IndexOf(ids, report.Broken) + 1;
            if (next == 0)
            {
                _problems.Add($"the kernel ran {report.Broken}, which is no program");
                return;
            }
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
