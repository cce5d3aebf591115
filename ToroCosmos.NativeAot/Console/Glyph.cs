namespace ToroCosmos.NativeAot.Console;

/// <summary>One character of a <see cref="BitmapFont"/>; sizes and offsets in pixels.</summary>
internal unsafe struct Glyph
{
    public int Width;
    public int Height;
    public int OffsetX;

    /// <summary>Of the lowest row, above the base line.</summary>
    public int OffsetY;

    /// <summary>From one character to the next.</summary>
    public int Advance;
    public byte* Bits;
}
