using System;

namespace ToroCosmos.Demo;

/// <summary>What the kernel's command line asks for.</summary>
internal sealed class DemoOptions
{
    private const string RoundsPrefix = "rounds=";
    private const string Links = "links";
    private const int MaximumRounds = 1_000_000_000;

    /// <summary>How often the broadcast is repeated quietly.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether a table of all links is printed at the end.</summary>
    public bool ShowsLinks { get; private set; }

    /// <summary>Why the command line cannot be followed; null when it can.</summary>
    public string? Error { get; private set; }

    public static DemoOptions Parse(string[] arguments)
    {
        var options = new DemoOptions();
        foreach (string argument in arguments)
        {
            if (string.Equals(argument, Links, StringComparison.Ordinal))
            {
                options.ShowsLinks = true;
            }
            else if (!argument.StartsWith(RoundsPrefix, StringComparison.Ordinal))
            {
                options.Error = "unknown option '" + argument + "'; the demo knows rounds=N and links";
            }
            else if (TryParse(argument, RoundsPrefix.Length, out int rounds))
            {
                options.Rounds = rounds;
            }
            else
            {
                options.Error = "'" + argument + "' is not a number from 0 to " + MaximumRounds;
            }
        }

        return options;
    }

    private static bool TryParse(string text, int start, out int number)
    {
        number = 0;
        long value = 0;
        for (int i = start; i < text.Length; i++)
        {
            value = (value * 10) + text[i] - '0';
            if (text[i] < '0' || text[i] > '9' || value > MaximumRounds)
            {
                return false;
            }
        }

        number = (int)value;
        return text.Length > start;
    }
}
