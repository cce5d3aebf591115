using System;

namespace ToroCosmos.Platform;

/// <summary>
/// A line of text put together without allocating, because application processors may not: each core gets one that the
/// boot core made. What does not fit is cut off.
/// </summary>
[AnyCore]
public sealed class TextLine
{
    private readonly byte[] _text;
    private int _length;

    /// <param name="capacity">
    /// The longest line, in characters; one above <see cref="MachineConsole.MaximumLineLength"/> cannot be printed whole.
    /// </param>
    public TextLine(int capacity = 160)
    {
        _text = new byte[capacity];
    }

    /// <summary>The line so far.</summary>
    public ReadOnlySpan<byte> Text => new(_text, 0, _length);

    /// <summary>How many characters it has.</summary>
    public int Length => _length;

    public TextLine Append(byte character)
    {
        if (_length < _text.Length)
        {
            _text[_length++] = character;
        }

        return this;
    }

    public TextLine Append(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Append(text[i]);
        }

        return this;
    }

    public TextLine Append(int number) => Append((long)number);

    public TextLine Append(long number)
    {
        if (number >= 0)
        {
            return Append((ulong)number);
        }

        return Append((byte)'-').Append(0 - (ulong)number);
    }

    public TextLine Append(ulong number)
    {
        ulong tenth = TickMath.Divide(number, 10);
        if (tenth != 0)
        {
            Append(tenth);
        }

        return Append((byte)('0' + (int)(number - (tenth * 10))));
    }

    /// <summary>Appends 8 hexadecimal digits.</summary>
    public TextLine AppendHexadecimal(uint number)
    {
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            int digit = (int)(number >> shift) & 15;
            Append((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }

        return this;
    }

    /// <summary>Makes the line empty.</summary>
    public void Clear() => _length = 0;

    /// <summary>Prints the line and empties it.</summary>
    public void Print()
    {
        MachineConsole.WriteLine(Text);
        _length = 0;
    }
}
