using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Costs;
using Xunit;

namespace ToroCosmos.Costs.Tests;

/// <summary>The costs of this build, counted in two runs, and those that are recorded.</summary>
public sealed class CountedTwice : IAsyncLifetime
{
    /// <summary>Whether this build is the one whose costs are recorded.</summary>
    public static bool IsRecordedBuild =>
#if DEBUG
        false;
#else
        true;
#endif

    public CostRecord First { get; private set; } = new("", "", []);

    public CostRecord Second { get; private set; } = new("", "", []);

    public CostRecord Recorded { get; private set; } = new("", "", []);

    public async Task InitializeAsync()
    {
        if (IsRecordedBuild)
        {
            string kernel = InRepository("artifacts", "ToroCosmos.CostKernel.elf");
            First = await CostMachines.CountAsync(kernel, CancellationToken.None);
            Second = await CostMachines.CountAsync(kernel, CancellationToken.None);
            Recorded = CostFile.Parse(await File.ReadAllTextAsync(InRepository("benchmarks", "costs.json")));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The path of something in the repository.</summary>
    public static string InRepository(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ToroCosmos.sln")))
            {
                return Path.Combine([folder.FullName, .. parts]);
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ToroCosmos.sln.");
    }
}
