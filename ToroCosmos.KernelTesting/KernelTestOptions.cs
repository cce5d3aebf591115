using System;

namespace ToroCosmos.KernelTesting;

/// <summary>What the kernel's command line asks for.</summary>
internal sealed class KernelTestOptions
{
    private const string FilterPrefix = "filter=";
    private const string List = "list";

    /// <summary>Whether the tests are only named.</summary>
    public bool IsListing { get; private set; }

    /// <summary>What a test's id or name must contain, in any case of letters; empty for all.</summary>
    public string Filter { get; private set; } = "";

    /// <summary>Why the command line cannot be followed; null when it can.</summary>
    public string? Error { get; private set; }

    public static KernelTestOptions Parse(string[] arguments)
    {
        var options = new KernelTestOptions();
        foreach (string argument in arguments)
        {
            if (argument == List)
            {
                options.IsListing = true;
            }
            else if (argument.StartsWith(FilterPrefix, StringComparison.Ordinal))
            {
                options.Filter = argument.Substring(FilterPrefix.Length);
            }
            else
            {
                options.Error = "unknown option '" + argument + "'; the tests know filter=TEXT and list";
            }
        }

        return options;
    }

    /// <summary>Whether a test was asked for.</summary>
    public bool Selects(KernelTestCase test) => Contains(test.Id, Filter) || Contains(test.Name, Filter);

    private static bool Contains(string text, string part)
    {
        for (int at = 0; at + part.Length <= text.Length; at++)
        {
            int same = 0;
            while (same < part.Length && Lower(text[at + same]) == Lower(part[same]))
            {
                same++;
            }

            if (same == part.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static char Lower(char character) => character is >= 'A' and <= 'Z' ? (char)(character + 32) : character;
}
