using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>The beginning of the compiler's description of a type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MethodTable
{
    /// <summary>Bytes of an array's or string's element.</summary>
    public ushort ComponentSize;
    public ushort Flags;

    /// <summary>Bytes of an object without its elements, the header in front of it included.</summary>
    public uint BaseSize;
}
