using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>The registers at a throw, as exceptions.asm stores them: what the class library calls PAL_LIMITED_CONTEXT.</summary>
[StructLayout(LayoutKind.Explicit, Size = 0x50)]
internal struct ThrowContext
{
    [FieldOffset(0x00)] public ulong Rip;
    [FieldOffset(0x08)] public ulong Rsp;
    [FieldOffset(0x10)] public ulong Rbp;
    [FieldOffset(0x20)] public ulong Rbx;
    [FieldOffset(0x30)] public ulong R12;
    [FieldOffset(0x38)] public ulong R13;
    [FieldOffset(0x40)] public ulong R14;
    [FieldOffset(0x48)] public ulong R15;

    public readonly void CopyTo(out Registers registers)
    {
        registers = default;
        registers.Rip = Rip;
        registers.Rsp = Rsp;
        registers.Rbp = Rbp;
        registers.Rbx = Rbx;
        registers.R12 = R12;
        registers.R13 = R13;
        registers.R14 = R14;
        registers.R15 = R15;
    }
}
