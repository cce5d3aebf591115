using System;
using ToroCosmos.Platform;

namespace ToroCosmos.KernelTesting;

/// <summary>
/// Puts a line of the test report together: <c>#kt TOKEN CORE SEQUENCE VERB FIELD=VALUE ... ~CHECKSUM</c>, as
/// docs/kernel-tests.md tells. Each core has its own, made by the boot core; nothing here allocates or throws.
/// </summary>
/// <param name="token">The run's token.</param>
/// <param name="core">The core whose lines these are.</param>
internal sealed class FrameWriter(uint token, int core)
{
    /// <summary>The longest quoted value, in characters of the line; three of them and the rest fit in a line.</summary>
    private const int LongestText = 280;

    private readonly TextLine _line = new(MachineConsole.MaximumLineLength);
    private int _sequence;
    private int _textEnd;

    /// <summary>The line so far.</summary>
    public ReadOnlySpan<byte> Line => _line.Text;

    public FrameWriter Begin(ReadOnlySpan<byte> verb)
    {
        _line.Clear();
        _line.Append("#kt "u8).AppendHexadecimal(token).Append((byte)' ').Append(core).Append((byte)' ').Append(_sequence)
            .Append((byte)' ').Append(verb);
        _sequence++;
        return this;
    }

    public FrameWriter Field(ReadOnlySpan<byte> name, long value)
    {
        BeginField(name).Append(value);
        return this;
    }

    /// <summary>Adds a field of plain characters: no space, no quote.</summary>
    public FrameWriter Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginField(name).Append(value);
        return this;
    }

    /// <summary>Adds a quoted field.</summary>
    public FrameWriter Field(ReadOnlySpan<byte> name, string text) => BeginText(name).Text(text).EndText();

    /// <summary>Begins a quoted field that is put together of parts.</summary>
    public FrameWriter BeginText(ReadOnlySpan<byte> name)
    {
        BeginField(name).Append((byte)'"');
        _textEnd = _line.Length + LongestText;
        return this;
    }

    public FrameWriter Text(string? text)
    {
        if (text != null)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Put(text[i]);
            }
        }

        return this;
    }

    public FrameWriter Text(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put((char)text[i]);
        }

        return this;
    }

    /// <summary>Puts a character of a quoted value; characters outside ASCII become '?', what is too long is cut off.</summary>
    public void Put(char character)
    {
        if (_line.Length >= _textEnd)
        {
            return;
        }

        if (character is '"' or '\\')
        {
            _line.Append((byte)'\\').Append((byte)character);
        }
        else if (character == '\n')
        {
            _line.Append("\\n"u8);
        }
        else if (character != '\r')
        {
            _line.Append(character is >= ' ' and < (char)0x7F ? (byte)character : (byte)'?');
        }
    }

    public FrameWriter Number(long value)
    {
        _line.Append(value);
        return this;
    }

    public FrameWriter Number(ulong value)
    {
        _line.Append(value);
        return this;
    }

    public FrameWriter EndText()
    {
        _line.Append((byte)'"');
        return this;
    }

    /// <summary>Adds the checksum, after which the line is complete.</summary>
    public FrameWriter End()
    {
        uint checksum = Checksum(_line.Text);
        _line.Append(" ~"u8).AppendHexadecimal(checksum);
        return this;
    }

    public void Print() => _line.Print();

    /// <summary>CRC-32 as in Ethernet (IEEE 802.3, Frame Check Sequence).</summary>
    private static uint Checksum(ReadOnlySpan<byte> text)
    {
        const uint Polynomial = 0xEDB88320;
        uint crc = uint.MaxValue;
        for (int i = 0; i < text.Length; i++)
        {
            crc ^= text[i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }
        }

        return ~crc;
    }

    private TextLine BeginField(ReadOnlySpan<byte> name) => _line.Append((byte)' ').Append(name).Append((byte)'=');
}
