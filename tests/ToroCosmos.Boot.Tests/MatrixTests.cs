using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Matrix;
using TestRunner.Probing;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>The short selection of the matrix; <c>./build.sh --target=Matrix</c> runs the whole.</summary>
public class MatrixTests(ITestOutputHelper output)
{
    private static readonly MatrixRun s_matrix = new(new Host(), hypervisor => MachineLaunchers.For(hypervisor));

    public static TheoryData<string> ShortCells => [.. Profiles.Cells.Where(cell => cell.Cell.IsShort).Select(cell => cell.Cell.Name)];

    [SkippableTheory]
    [MemberData(nameof(ShortCells))]
    public async Task A_machine_of_the_matrix_passes(string cell)
    {
        CellResult result = await s_matrix.RunAsync(Profiles.Cell(cell), CancellationToken.None);

        Skip.If(result.SkipReason is not null, result.SkipReason);
        foreach (SerialLine line in result.Run!.Lines)
        {
            output.WriteLine($"{line.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)} {line.Text}");
        }

        Assert.True(
            result.Run.Verdict == Verdict.Passed,
            $"{result.Run.Verdict}: {result.Run.Cause}\n{string.Join('\n', result.Run.Details)}");
    }
}
