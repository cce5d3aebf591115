using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>
/// A position of a stack walk: what the class library calls StackFrameIterator, of the size it was compiled with. The
/// fields from 0xB0 to 0x158 are this runtime's own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 0x168)]
internal unsafe struct StackFrame
{
    /// <summary>
    /// The same for a method and its handlers' funclets, by which stack traces show them once; 0 for methods without.
    /// </summary>
    [FieldOffset(0x10)] public ulong FramePointer;

    /// <summary>An address inside the instruction that is being executed.</summary>
    [FieldOffset(0x18)] public ulong ControlPc;
    [FieldOffset(0x20)] public Registers Registers;
    [FieldOffset(0xB0)] public Function Function;

    /// <summary>The next exception, further up the stack, whose handlers this walk may meet.</summary>
    [FieldOffset(0xE0)] public ExInfo* NextExInfo;

    /// <summary>The return address, or the address of the faulting instruction.</summary>
    [FieldOffset(0x158)] public ulong OriginalControlPc;
}
