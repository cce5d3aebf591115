namespace ToroCosmos.NativeAot.Handover;

/// <summary>A linear framebuffer of 32-bit pixels.</summary>
internal struct FramebufferInformation
{
    public ulong Address;

    /// <summary>Bytes from one line to the next.</summary>
    public uint Pitch;

    /// <summary>Pixels in a line.</summary>
    public uint Width;

    /// <summary>Lines.</summary>
    public uint Height;
}
