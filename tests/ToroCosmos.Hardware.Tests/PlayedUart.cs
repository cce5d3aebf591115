using System.Collections.Generic;
using System.Text;

namespace ToroCosmos.Hardware.Tests;

/// <summary>
/// A 16550: a queue of 16 characters and a shift register, from which a character has left after a number of reads of the
/// line status.
/// </summary>
internal sealed class PlayedUart
{
    private const byte Data = 0;
    private const byte LineControl = 3;
    private const byte LineStatus = 5;
    private const byte Scratch = 7;
    private const byte DivisorLatch = 0x80;
    private const int QueueLength = 16;
    private const int ReadsPerCharacter = 87;

    private readonly Queue<byte> _queue = new();
    private readonly StringBuilder _sent = new();
    private byte _shift;
    private int _readsLeft;
    private byte _lineControl;
    private byte _scratch;

    /// <summary>False for a machine without the port: it reads as all ones.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>Whether it stops sending, as one does whose line is held.</summary>
    public bool Hangs { get; set; }

    /// <summary>How often its line status was read.</summary>
    public int StatusReads { get; private set; }

    /// <summary>What has left it.</summary>
    public string Sent => _sent.ToString();

    public byte Read(byte register)
    {
        if (register == LineStatus)
        {
            StatusReads++;
        }

        if (!IsThere)
        {
            return 0xFF;
        }

        switch (register)
        {
            case LineStatus:
                Advance();
                return (byte)((_queue.Count == 0 ? 0x20 : 0) | (_queue.Count == 0 && _readsLeft == 0 ? 0x40 : 0));
            case Scratch:
                return _scratch;
            default:
                return 0;
        }
    }

    public void Write(byte register, byte value)
    {
        switch (register)
        {
            case Data when (_lineControl & DivisorLatch) == 0 && _queue.Count < QueueLength:
                _queue.Enqueue(value);
                Load();
                break;
            case LineControl:
                _lineControl = value;
                break;
            case Scratch:
                _scratch = value;
                break;
            default:
                break;
        }
    }

    private void Advance()
    {
        if (_readsLeft == 0 || Hangs)
        {
            return;
        }

        _readsLeft--;
        if (_readsLeft == 0)
        {
            _sent.Append((char)_shift);
            Load();
        }
    }

    private void Load()
    {
        if (_readsLeft == 0 && _queue.TryDequeue(out byte next))
        {
            _shift = next;
            _readsLeft = ReadsPerCharacter;
        }
    }
}
