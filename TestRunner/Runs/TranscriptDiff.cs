using System;
using System.Collections.Generic;
using System.Linq;

namespace TestRunner.Runs;

/// <summary>Shows side by side what was expected and what came, from the first difference on.</summary>
public static class TranscriptDiff
{
    /// <summary>Lines shown before the first difference.</summary>
    private const int Before = 2;

    /// <summary>Lines shown in all: a kernel that prints something else altogether must not bury the verdict.</summary>
    private const int Most = 16;

    /// <summary>Lines compared from the first difference on; the comparison takes their square.</summary>
    private const int Window = 500;

    /// <summary>
    /// Lines with a mark: <c>-</c> expected and missing, <c>+</c> not expected, a space for both. Empty when there is no
    /// difference.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        int same = 0;
        while (same < expected.Count && same < actual.Count && expected[same] == actual[same])
        {
            same++;
        }

        if (same == expected.Count && same == actual.Count)
        {
            return [];
        }

        List<string> lines = [.. expected.Take(same).TakeLast(Before).Select(line => $"  {line}")];
        lines.AddRange(Walk([.. expected.Skip(same).Take(Window)], [.. actual.Skip(same).Take(Window)]));
        return lines.Count <= Most ? lines : [.. lines.Take(Most), $"  ({lines.Count - Most} more)"];
    }

    /// <summary>The shortest way from one to the other, through their longest common subsequence.</summary>
    private static IEnumerable<string> Walk(string[] expected, string[] actual)
    {
        int[,] common = new int[expected.Length + 1, actual.Length + 1];
        for (int e = expected.Length - 1; e >= 0; e--)
        {
            for (int a = actual.Length - 1; a >= 0; a--)
            {
                common[e, a] = expected[e] == actual[a]
                    ? common[e + 1, a + 1] + 1
                    : Math.Max(common[e + 1, a], common[e, a + 1]);
            }
        }

        int i = 0;
        int j = 0;
        while (i < expected.Length || j < actual.Length)
        {
            if (i < expected.Length && j < actual.Length && expected[i] == actual[j])
            {
                yield return $"  {expected[i]}";
                i++;
                j++;
            }
            else if (j == actual.Length || (i < expected.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return $"- {expected[i++]}";
            }
            else
            {
                yield return $"+ {actual[j++]}";
            }
        }
    }
}
