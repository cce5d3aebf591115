using System;
using System.Globalization;

namespace ToroCosmos.BusBenchmark;

/// <summary>The kernel's command line: <c>plan=pair repetitions=5 filter=oneway</c>, each optional.</summary>
internal sealed class BenchmarkOptions
{
    private const int MaximumRepetitions = 10_000;

    /// <summary>Which measurements: one of <see cref="Plans.Names"/>.</summary>
    public string Plan { get; private set; } = "pair";

    /// <summary>How many values of each.</summary>
    public int Repetitions { get; private set; } = 5;

    /// <summary>A text that the names of the measurements contain.</summary>
    public string Filter { get; private set; } = "";

    /// <summary>Why the command line cannot be followed; empty when it can.</summary>
    public string Error { get; private set; } = "";

    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            options.Set(name, argument[(equals + 1)..]);
        }

        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "plan" when Plans.Find(value) != null:
                Plan = value;
                break;
            case "plan":
                Error = "there is no plan '" + value + "'; expected one of " + Plans.Names;
                break;
            case "repetitions" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number is >= 1 and <= MaximumRepetitions:
                Repetitions = number;
                break;
            case "repetitions":
                Error = "'" + value + "' is not a number of repetitions from 1 to " + MaximumRepetitions;
                break;
            case "filter":
                Filter = value;
                break;
            default:
                Error = "unknown option '" + name + "'; expected plan=, repetitions= or filter=";
                break;
        }
    }
}
