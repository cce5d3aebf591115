using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>
/// One exception being dispatched; lies on the stack and is linked from the thread's block. The layout is the class
/// library's.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 0x190)]
internal unsafe struct ExInfo
{
    public const byte SupersededFlag = 8;

    [FieldOffset(0x00)] public ExInfo* Previous;
    [FieldOffset(0x08)] public ThrowContext* Context;

    /// <summary>An object reference.</summary>
    [FieldOffset(0x10)] public nint Exception;
    [FieldOffset(0x18)] public byte Kind;
    [FieldOffset(0x19)] public byte Pass;
    [FieldOffset(0x1C)] public uint CurrentClause;
    [FieldOffset(0x20)] public StackFrame Frame;
}
