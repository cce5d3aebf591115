using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// The registers that a call preserves, as they were in one frame: what the class library calls REGDISPLAY, of the size
/// it was compiled with. The offsets are known to exceptions.asm, that of the stack pointer also to the class library.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 0x88)]
internal struct Registers
{
    [FieldOffset(0x18)] public ulong Rbx;
    [FieldOffset(0x20)] public ulong Rbp;
    [FieldOffset(0x58)] public ulong R12;
    [FieldOffset(0x60)] public ulong R13;
    [FieldOffset(0x68)] public ulong R14;
    [FieldOffset(0x70)] public ulong R15;
    [FieldOffset(0x78)] public ulong Rsp;
    [FieldOffset(0x80)] public ulong Rip;
}
