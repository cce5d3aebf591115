using System;

namespace ToroCosmos.KernelTesting;

/// <summary>What one core reports. Made by the boot core, written by its own: nothing here allocates or throws.</summary>
/// <param name="writer">The core's lines.</param>
internal sealed class CoreReport(FrameWriter writer)
{
    /// <summary>Failures of a test that a core tells; it counts the others.</summary>
    private const int MaximumShown = 8;

    /// <summary>The core's lines.</summary>
    public FrameWriter Writer { get; } = writer;

    /// <summary>How many checks failed on this core in the test that runs.</summary>
    public int Failures { get; private set; }

    /// <summary>How many of them were told.</summary>
    public int Shown { get; private set; }

    /// <summary>Boot core, between tests: forgets the failures.</summary>
    public void Clear()
    {
        Failures = 0;
        Shown = 0;
    }

    /// <summary>Counts a failure and begins to tell of it; the parts of its text follow, then <see cref="EndFailure"/>.</summary>
    /// <param name="file">As the compiler knows it.</param>
    /// <param name="line">From 1.</param>
    /// <returns>Null when enough was told.</returns>
    public CoreReport? BeginFailure(string file, int line)
    {
        if (!Count())
        {
            return null;
        }

        Begin().BeginText("at"u8);
        bool isRelative = file.Length > 2 && file[0] == '.' && file[1] == '/';
        for (int i = isRelative ? 2 : 0; i < file.Length; i++)
        {
            Writer.Put(file[i]);
        }

        Writer.Text(":"u8).Number(line).EndText().BeginText("text"u8);
        return this;
    }

    /// <inheritdoc cref="BeginFailure(string, int)"/>
    /// <param name="place">File and line.</param>
    public CoreReport? BeginFailure(string place)
    {
        if (!Count())
        {
            return null;
        }

        Begin().Field("at"u8, place).BeginText("text"u8);
        return this;
    }

    public CoreReport Text(string? text)
    {
        Writer.Text(text);
        return this;
    }

    public CoreReport Text(ReadOnlySpan<byte> text)
    {
        Writer.Text(text);
        return this;
    }

    public CoreReport Number(long value)
    {
        Writer.Number(value);
        return this;
    }

    public CoreReport Number(ulong value)
    {
        Writer.Number(value);
        return this;
    }

    /// <summary>Prints the failure, at once: what comes next may be a hang.</summary>
    public void EndFailure() => Writer.EndText().End().Print();

    private bool Count()
    {
        Failures++;
        if (Shown == MaximumShown)
        {
            return false;
        }

        Shown++;
        return true;
    }

    private FrameWriter Begin() => Writer.Begin("failure"u8).Field("test"u8, TestReport.Current);
}
