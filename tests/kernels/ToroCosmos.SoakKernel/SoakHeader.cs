using System.Runtime.InteropServices;

namespace ToroCosmos.SoakKernel;

/// <summary>How a message begins.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SoakHeader
{
    public const int Bytes = 16;

    /// <summary>Which message of its link it is, from 0.</summary>
    public uint Number;

    /// <summary>The message's length, this header included.</summary>
    public uint Length;

    /// <summary>Of number, length and all bytes after the header.</summary>
    public ulong Checksum;
}
