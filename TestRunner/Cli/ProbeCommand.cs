using System.CommandLine;
using Spectre.Console;
using TestRunner.Probing;

namespace TestRunner.Cli;

/// <summary>The command <c>probe</c>: what works on this computer, and why not.</summary>
internal sealed class ProbeCommand : Command
{
    public ProbeCommand()
        : base("probe", "Tells which hypervisors, firmware, accelerators and machines work here, and why not.")
    {
        SetAction(_ => Run());
    }

    private static int Run()
    {
        Table table = Tables.Create("kind", "name", "works", "detail");
        foreach (ProbeFinding finding in new Host().All())
        {
            table.AddRow(
                new Text(finding.Kind),
                new Text(finding.Name),
                finding.Works ? new Text("yes", new Style(Color.Green)) : new Text("no", new Style(Color.Red)),
                new Text(finding.Detail));
        }

        Terminals.Output.Write(table);
        return 0;
    }
}
