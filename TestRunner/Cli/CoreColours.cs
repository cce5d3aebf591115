using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Spectre.Console;
using TestRunner.KernelTests;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>
/// Colours a line of the serial line by the cores that it names: a line about one core is in that core's colour; in a
/// line about several each name has its own. A panic stands out from all of them.
/// </summary>
internal static partial class CoreColours
{
    /// <summary>Readable on dark and on light, and never red, which is the panic's.</summary>
    private static readonly Color[] s_colours =
    [
        Color.Aqua, Color.Lime, Color.Yellow, Color.Fuchsia, Color.DodgerBlue1, Color.Orange1, Color.MediumPurple1, Color.SeaGreen2,
    ];

    private static readonly Style s_panic = new(Color.Red, decoration: Decoration.Bold);

    private static readonly Style s_frame = new(Color.Grey);

    /// <summary>The line, painted.</summary>
    public static Paragraph Paint(string line)
    {
        var painted = new Paragraph();
        MatchCollection names = Core().Matches(line);
        if (line.StartsWith(Judge.PanicPrefix, StringComparison.Ordinal))
        {
            return painted.Append(line, s_panic);
        }

        if (KernelTestFrame.TryFind(line, out _))
        {
            // For the runner to read; what the kernel says beside them is for people.
            return painted.Append(line, s_frame);
        }

        HashSet<int> cores = [.. names.Select(NumberOf)];
        if (cores.Count == 1)
        {
            return painted.Append(line, Of(cores.Single()));
        }

        int written = 0;
        foreach (Match name in names)
        {
            painted.Append(line[written..name.Index]);
            painted.Append(name.Value, Of(NumberOf(name)));
            written = name.Index + name.Length;
        }

        return painted.Append(line[written..]);
    }

    /// <summary>The colour of a core.</summary>
    private static Style Of(int core) => new(s_colours[core % s_colours.Length]);

    private static int NumberOf(Match name) => int.Parse(name.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bcore\s?(\[(?<number>\d{1,5})\]|(?<number>\d{1,5})\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Core();
}
