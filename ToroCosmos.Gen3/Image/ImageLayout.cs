using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.Gen3.Image;

/// <summary>Addresses that only the linker and the assembler know; the same order as in gen3.asm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageLayout
{
    public ulong KernelStart;
    public ulong KernelEnd;
    public ulong* InterruptTable;
    public ulong InterruptStubs;
    public ulong* EndOfInterruptRegister;
    public uint* ExtendedStateSize;
    public byte* TrampolineBegin;
    public byte* TrampolineEnd;
    public byte* TrampolineGdtBase;
    public byte* TrampolineProtectedModeTarget;
    public byte* TrampolineLongModeTarget;
    public byte* TrampolineCr3;
    public ulong* ApplicationProcessorBlock;
    public ulong* BootCr4;
    public ulong* BootXcr0;
    public ulong* BootPat;

    public static ImageLayout* Get() => Address();

    [RuntimeImport("*", "gen3_image_layout")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ImageLayout* Address();
}
