namespace ToroCosmos.SoakKernel;

/// <summary>The messages that one core gets from another, checked against what they must be.</summary>
internal sealed unsafe class SoakIncoming
{
    private readonly SoakMessages _messages;
    private readonly SoakCounts _counts;

    // Short messages that are not what was expected. Either they are corrupt or one before them is missing; the next
    // message with a header tells.
    private uint _doubtful;

    public SoakIncoming(SoakMessages messages, SoakCounts counts)
    {
        _messages = messages;
        _counts = counts;
    }

    /// <summary>The number of the message that must come next.</summary>
    public uint Expected { get; private set; }

    /// <summary>Checks a message that came.</summary>
    /// <param name="message">The message; the room behind it is <see cref="SoakMessages.MaximumBytes"/> in all.</param>
    /// <param name="length">Its length.</param>
    public void Take(byte* message, int length)
    {
        _counts.Received++;
        if (length < SoakHeader.Bytes)
        {
            _doubtful += _messages.IsSame(message, length, Expected) ? 0u : 1u;
            Expected++;
        }
        else if (!_messages.IsWhole(message, length))
        {
            _counts.Corrupt++;
            Expected++;
        }
        else
        {
            TakeNumbered(((SoakHeader*)message)->Number);
        }
    }

    /// <summary>Ends the link: what was sent and never came is lost.</summary>
    /// <param name="sent">How many messages were sent.</param>
    public void End(uint sent) => TakeNumbered(sent);

    private void TakeNumbered(uint number)
    {
        if (number == Expected)
        {
            _counts.Corrupt += _doubtful;
        }
        else if (number > Expected)
        {
            _counts.Lost += number - Expected;
        }
        else
        {
            _counts.OutOfOrder += Expected - number;
        }

        _doubtful = 0;
        Expected = number + 1;
    }
}
