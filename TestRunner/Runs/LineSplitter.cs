using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace TestRunner.Runs;

/// <summary>
/// Cuts the bytes of a serial line into lines, whatever the bytes are. LF ends a line, with any number of CR around it;
/// terminal escape sequences (ECMA-48, Control Sequences), which firmware prints, are dropped; every other byte outside
/// printable ASCII is kept as \xNN, so that garbage can be seen and never passes for text.
/// </summary>
public sealed class LineSplitter
{
    /// <summary>A kernel that prints without line breaks must not fill the runner's memory.</summary>
    public const int MaximumLineLength = 4096;

    private readonly StringBuilder _line = new();
    private EscapeState _escape;
    private int _carriageReturns;

    private enum EscapeState
    {
        /// <summary>Ordinary text.</summary>
        None,

        /// <summary>After ESC.</summary>
        Started,

        /// <summary>After ESC [: parameters until the final byte.</summary>
        Sequence,
    }

    /// <summary>Whether text has come since the last line break.</summary>
    public bool HasUnfinishedLine => _line.Length > 0;

    /// <summary>Takes bytes and gives back the lines that they complete.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        List<string> lines = [];
        foreach (byte value in bytes)
        {
            if (!IsEscape(value))
            {
                AddText(value, lines);
            }
        }

        return lines;
    }

    /// <summary>Gives back the text after the last line break, and forgets it.</summary>
    public string TakeUnfinishedLine()
    {
        string line = _line.ToString();
        _line.Clear();
        _carriageReturns = 0;
        return line;
    }

    private void AddText(byte value, List<string> lines)
    {
        if (value == '\r')
        {
            _carriageReturns++;
            return;
        }

        if (value == '\n')
        {
            lines.Add(TakeUnfinishedLine());
            return;
        }

        // CR beside a line break belongs to it, on either side: GRUB prints LF before CR.
        for (; _carriageReturns > 0; _carriageReturns--)
        {
            if (_line.Length > 0)
            {
                _line.Append(@"\x0D");
            }
        }

        if (value is >= 0x20 and < 0x7F)
        {
            _line.Append((char)value);
        }
        else
        {
            _line.Append(CultureInfo.InvariantCulture, $@"\x{value:X2}");
        }

        if (_line.Length >= MaximumLineLength)
        {
            lines.Add(TakeUnfinishedLine());
        }
    }

    private bool IsEscape(byte value)
    {
        const byte Escape = 0x1B;
        switch (_escape)
        {
            case EscapeState.Started:
                _escape = value == '[' ? EscapeState.Sequence : EscapeState.None;
                return value is not (byte)'\n';

            case EscapeState.Sequence:
                if (value is >= 0x20 and < 0x40)
                {
                    return true;
                }

                _escape = EscapeState.None;
                // 0x40 to 0x7E end a sequence; anything else is not one, and belongs to the text.
                return value is >= 0x40 and < 0x7F;

            default:
                if (value != Escape)
                {
                    return false;
                }

                _escape = EscapeState.Started;
                return true;
        }
    }
}
