using System;
using ToroCosmos.Hardware;

namespace ToroCosmos.Demo;

/// <summary>
/// A line of text put together without allocating, because application processors may not: each core gets one that the
/// boot core made. What does not fit is cut off.
/// </summary>
internal sealed class TextLine
{
    private readonly byte[] _text = new byte[160];
    private int _length;

    public TextLine Append(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length && _length < _text.Length; i++)
        {
            _text[_length++] = text[i];
        }

        return this;
    }

    /// <summary>Appends a number that is not negative.</summary>
    public TextLine Append(int number)
    {
        int divisor = 1;
        while (number / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor > 0 && _length < _text.Length; divisor /= 10)
        {
            _text[_length++] = (byte)('0' + (number / divisor % 10));
        }

        return this;
    }

    /// <summary>Prints the line and empties it.</summary>
    public void Print()
    {
        MachineConsole.WriteLine(new ReadOnlySpan<byte>(_text, 0, _length));
        _length = 0;
    }
}
