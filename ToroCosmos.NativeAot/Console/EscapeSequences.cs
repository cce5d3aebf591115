namespace ToroCosmos.NativeAot.Console;

/// <summary>
/// Tells the sequences that move a terminal's cursor and choose its colours from text (ECMA-48, 5.4): a screen that does
/// neither shows nothing of them.
/// </summary>
internal struct EscapeSequences
{
    private const byte Escape = 0x1B;
    private const byte Bracket = (byte)'[';
    private const byte FirstFinal = 0x40;

    private Place _place;

    private enum Place : byte
    {
        Text,
        AfterEscape,
        InSequence,
    }

    /// <summary>Whether a sequence has begun and not ended.</summary>
    public readonly bool IsInside => _place != Place.Text;

    /// <summary>Whether the next character belongs to a sequence.</summary>
    public bool Take(byte character)
    {
        switch (_place)
        {
            case Place.AfterEscape:
                _place = character == Bracket ? Place.InSequence : Place.Text;
                return true;
            case Place.InSequence:
                _place = character >= FirstFinal ? Place.Text : Place.InSequence;
                return true;
            default:
                _place = character == Escape ? Place.AfterEscape : Place.Text;
                return character == Escape;
        }
    }
}
