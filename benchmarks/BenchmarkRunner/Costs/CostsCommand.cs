using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BenchmarkRunner.Costs;

/// <summary><c>costs</c>: counts, prints the table, and records the numbers when it is told to.</summary>
internal static class CostsCommand
{
    private static readonly Option<string> s_kernel = new("--kernel")
    {
        Description = "The cost kernel: ToroCosmos.CostKernel.elf.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<string> s_recorded = new("--recorded")
    {
        Description = "The file with the recorded costs: benchmarks/costs.json.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<bool> s_record = new("--record") { Description = "Write what was counted into that file." };

    /// <summary>The command.</summary>
    /// <param name="run">Runs its work, and turns what goes wrong into an exit code.</param>
    public static Command Create(Func<Func<Task<int>>, Task<int>> run)
    {
        var command = new Command("costs", "Counts the instructions of the bus and of the boot.");
        command.Options.Add(s_kernel);
        command.Options.Add(s_recorded);
        command.Options.Add(s_record);
        command.SetAction((parsed, cancellation) => run(() => CountAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> CountAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(s_recorded)!;
        bool isNew = !File.Exists(path);
        if (isNew && !parsed.GetValue(s_record))
        {
            throw new FileNotFoundException($"There is no file '{path}'; '{CostComparison.Advice}' makes it.");
        }

        // A file that cannot be read may be recorded anew, but not unseen.
        CostRecord recorded = isNew ? new CostRecord("", "", []) : CostFile.Parse(await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false));
        CostRecord counted = await CostMachines.CountAsync(parsed.GetValue(s_kernel)!, cancellation).ConfigureAwait(false);
        CostTable.Show(CostComparison.Compare(counted, recorded));
        if (parsed.GetValue(s_record))
        {
            await File.WriteAllTextAsync(path, CostFile.Format(counted), cancellation).ConfigureAwait(false);
            Console.WriteLine($"recorded: {path}");
            return 0;
        }

        IReadOnlyList<string> problems = CostComparison.Problems(counted, recorded);
        foreach (string problem in problems)
        {
            Console.WriteLine(problem);
        }

        if (problems.Count == 0)
        {
            Console.WriteLine($"No cost differs by more than 3 % from what is recorded. '{CostComparison.Advice}' records the exact numbers.");
        }

        return 0;
    }
}
