using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchmarkRunner.Rows;
using Spectre.Console;
using TestRunner.Cli;

namespace BenchmarkRunner;

/// <summary>The table in the terminal.</summary>
internal static class RowTable
{
    /// <summary>Shows rows, with a gap between sections.</summary>
    public static void Show(IEnumerable<IReadOnlyList<Row>> sections)
    {
        Table table = Tables.Create("name", "where", "cores", "bytes", "metric", "median", "min", "max", "floor", "ratio", "quiet");
        foreach (TableColumn column in table.Columns.Where((_, index) => index is 2 or 3 or > 4))
        {
            column.RightAligned();
        }

        bool isFirst = true;
        foreach (IReadOnlyList<Row> rows in sections.Where(rows => rows.Count > 0))
        {
            if (!isFirst)
            {
                table.AddEmptyRow();
            }

            isFirst = false;
            foreach (Row row in rows)
            {
                table.AddRow(Cells(row).Select(cell => new Text(cell)));
            }
        }

        Terminals.Output.Write(table);
    }

    private static string[] Cells(Row row) =>
    [
        row.Name, row.Where, $"{row.Cores}", $"{row.Bytes}", row.Metric,
        Number(row.Median), Number(row.Min), Number(row.Max), Number(row.Floor), Number(row.Ratio),
        row.IsNeverQuiet ? "never" : row.Quiet is { } quiet ? $"{quiet} of {row.Values}" : "",
    ];

    private static string Number(double? value) => value is not { } number ? ""
        : Math.Abs(number) >= 1000 ? number.ToString("#,0", CultureInfo.InvariantCulture)
        : number.ToString("G4", CultureInfo.InvariantCulture);
}
