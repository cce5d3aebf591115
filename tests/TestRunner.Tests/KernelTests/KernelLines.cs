using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TestRunner.Tests.KernelTests;

/// <summary>Writes the lines of a kernel's test report as docs/kernel-tests.md tells, apart from kernel and parser.</summary>
/// <param name="token">The run's token.</param>
internal sealed class KernelLines(string token = "9f3c12ab")
{
    private readonly Dictionary<int, int> _sequence = [];

    /// <summary>The lines so far.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>A run in which a test passed, one failed with two failures on core 1, and one was skipped.</summary>
    public static KernelLines Mixed() => new KernelLines()
        .Add("plan version=1 mode=run tests=3 cores=2")
        .Add("test test=0 core=0 id=\"Some.Good\" name=\"good\" at=\"Some.cs:3\"")
        .Add("test test=1 core=all id=\"Some.Bad\" name=\"bad\" at=\"Some.cs:5\"")
        .Add("test test=2 core=0 id=\"Some.Left_out\" name=\"left out\" at=\"Some.cs:9\"")
        .Add("start test=0")
        .Add("pass test=0 microseconds=1500")
        .Add("start test=1")
        .Add("failure test=1 at=\"Some.cs:6\" text=\"sum: expected 5, found 7\"", 1)
        .Add("failure test=1 at=\"Some.cs:7\" text=\"says \\\"no\\\" in C:\\\\\"", 1)
        .Add("fail test=1 microseconds=20 failures=2 shown=2")
        .Add("skip test=2 reason=\"needs 4 cores\"")
        .Add("end passed=1 failed=1 skipped=1");

    /// <summary>A run of some tests that all pass.</summary>
    public static KernelLines Passing(int tests)
    {
        KernelLines lines = new();
        lines.Add($"plan version=1 mode=run tests={tests} cores=3");
        for (int i = 0; i < tests; i++)
        {
            lines.Add($"test test={i} core=0 id=\"Some.T{i}\" name=\"t{i}\" at=\"Some.cs:{i}\"");
        }

        for (int i = 0; i < tests; i++)
        {
            lines.Add($"start test={i}").Add($"pass test={i} microseconds=1");
        }

        return lines.Add($"end passed={tests} failed=0 skipped=0");
    }

    /// <summary>Adds a line with the next number of its core and its checksum.</summary>
    public KernelLines Add(string body, int core = 0)
    {
        int sequence = _sequence.GetValueOrDefault(core);
        _sequence[core] = sequence + 1;
        string text = string.Create(CultureInfo.InvariantCulture, $"#kt {token} {core} {sequence} {body}");
        Lines.Add($"{text} ~{Checksum(text):x8}");
        return this;
    }

    /// <summary>Adds a line as it is.</summary>
    public KernelLines AddStray(string line)
    {
        Lines.Add(line);
        return this;
    }

    /// <summary>The number of the first line with a text.</summary>
    public int IndexOf(string text) => Lines.FindIndex(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>CRC-32, by long division of the bit string (IEEE 802.3), which is slow and easy to see through.</summary>
    private static uint Checksum(string text)
    {
        IEnumerable<int> bits = Encoding.ASCII.GetBytes(text).SelectMany(value => Enumerable.Range(0, 8).Select(i => (value >> i) & 1));
        uint remainder = uint.MaxValue;
        foreach (int bit in bits)
        {
            bool divide = ((int)(remainder >> 31) ^ bit) != 0;
            remainder = (remainder << 1) ^ (divide ? 0x04C11DB7u : 0);
        }

        uint reflected = 0;
        for (int i = 0; i < 32; i++)
        {
            reflected |= ((remainder >> i) & 1) << (31 - i);
        }

        return ~reflected;
    }
}
