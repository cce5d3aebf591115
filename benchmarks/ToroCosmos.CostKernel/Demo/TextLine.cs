using System;
using ToroCosmos.Seam;

namespace ToroCosmos.Demo;

/// <summary>
/// Stands in the demo's way to its lines and notes when they are out: the demo's own code finds this name before the
/// hardware's.
/// </summary>
[AnyCore]
internal sealed class TextLine
{
    private readonly Platform.TextLine _line = new();

    /// <summary>The counter after the first line of all cores; 0 before.</summary>
    public static ulong FirstAt { get; private set; }

    /// <summary>The counter after the last line so far.</summary>
    public static ulong LastAt { get; private set; }

    public TextLine Append(ReadOnlySpan<byte> text)
    {
        _line.Append(text);
        return this;
    }

    public TextLine Append(int number)
    {
        _line.Append(number);
        return this;
    }

    public void Print()
    {
        _line.Print();
        LastAt = Cpu.ReadTimestamp();
        FirstAt = FirstAt == 0 ? LastAt : FirstAt;
    }
}
