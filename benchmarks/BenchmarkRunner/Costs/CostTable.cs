using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using TestRunner.Cli;

namespace BenchmarkRunner.Costs;

/// <summary>The table in the terminal.</summary>
internal static class CostTable
{
    public static void Show(IEnumerable<CostChange> changes)
    {
        Table table = Tables.Create("what", "bytes", "instructions", "recorded", "change");
        foreach (TableColumn column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        foreach (CostChange change in changes)
        {
            table.AddRow(Cells(change).Select(cell => new Text(cell)));
        }

        Terminals.Output.Write(table);
    }

    private static string[] Cells(CostChange change) =>
    [
        change.Name, change.Bytes == 0 ? "" : $"{change.Bytes}", Number(change.Counted), Number(change.Recorded),
        change.Growth is { } growth ? growth.ToString("+0.0 %;-0.0 %;0 %", CultureInfo.InvariantCulture)
            : change.Verdict == CostVerdict.NotRecorded ? "new"
            : "gone",
    ];

    private static string Number(CountedCost? cost) =>
        cost?.Instructions.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "";
}
