using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TestRunner.Runs;

/// <summary>Reads where the cores are from what QEMU's monitor answers to <c>info registers -a</c>.</summary>
public static partial class CoreStates
{
    /// <summary>The states, in the order of the answer.</summary>
    public static IReadOnlyList<CoreState> Parse(string registers)
    {
        ArgumentNullException.ThrowIfNull(registers);
        List<CoreState> states = [];
        foreach (Match match in Core().Matches(registers))
        {
            states.Add(new CoreState(
                int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                ulong.Parse(match.Groups["pointer"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                match.Groups["halted"].ValueSpan is "1"));
        }

        return states;
    }

    [GeneratedRegex(@"CPU#(?<number>\d{1,4})\s[^#]*?\b[RE]IP=(?<pointer>[0-9A-Fa-f]{1,16})\b[^#]*?\bHLT=(?<halted>[01])")]
    private static partial Regex Core();
}
