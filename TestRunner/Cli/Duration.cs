using System;
using System.Globalization;

namespace TestRunner.Cli;

/// <summary>Reads durations of a command line: <c>60s</c>, <c>500ms</c>, <c>2m</c>, or a number of seconds.</summary>
public static class Duration
{
    /// <summary>Longer than any sensible run, and within what timers take.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">The text is not a duration above 0 and up to a day.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string number, double seconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ when text.EndsWith('m') => (text[..^1], 60),
            _ => (text, 1),
        };

        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            || value <= 0
            || value * seconds > s_longest.TotalSeconds)
        {
            throw new FormatException($"'{text}' is not a duration; expected for example 60s, 500ms or 2m.");
        }

        return TimeSpan.FromSeconds(value * seconds);
    }
}
