using System.Runtime.InteropServices;

namespace ToroCosmos.Plugs;

/// <summary>What a processor that starts takes; assembly knows the fields.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct CoreState
{
    [FieldOffset(0)]
    public byte* StackTop;

    [FieldOffset(4)]
    public int Core;

    /// <summary>A <c>delegate*&lt;int, void&gt;</c>.</summary>
    [FieldOffset(8)]
    public nint Entry;
}
