using Spectre.Console;

namespace TestRunner.Cli;

/// <summary>Tables that read the same on a terminal, in a log and in a text file.</summary>
internal static class Tables
{
    /// <summary>An empty table with some columns.</summary>
    public static Table Create(params string[] columns)
    {
        Table table = new Table().Border(Terminals.OutputHasColours ? TableBorder.Rounded : TableBorder.Markdown);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }
}
