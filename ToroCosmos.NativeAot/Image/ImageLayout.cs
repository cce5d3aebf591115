using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Image;

/// <summary>Addresses of the linked image; the same order as in image.asm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageLayout
{
    public ulong KernelStart;
    public ulong TextStart;
    public ulong TextEnd;
    public ulong ReadOnlyStart;
    public ulong ReadOnlyEnd;
    public ulong DataStart;
    public ulong KernelEnd;
    public nint* ModulesStart;
    public nint* ModulesEnd;
    public byte* UnwindIndex;
    public ulong BootStackGuard;
    public ulong BootStackTop;

    /// <summary>Bytes of every core's main stack.</summary>
    public ulong StackSize;
    public ulong* InterruptTable;
    public ulong InterruptStubs;
    public ulong LeafBegin;
    public ulong LeafEnd;
    public ulong DispatchBegin;
    public ulong DispatchEnd;
    public ulong DispatchReturn;
    public ulong CatchFuncletReturn;
    public ulong FinallyFuncletReturn;
    public ulong FilterFuncletReturn;
    public nint InitialInterfaceDispatch;
    public ulong ThrowHardwareException;
    public ulong PreemptEntry;
    public ulong ThreadEntry;
    public byte* TrampolineBegin;
    public byte* TrampolineEnd;
    public byte* TrampolineGdtBase;
    public byte* TrampolineProtectedModeTarget;
    public byte* TrampolineLongModeTarget;
    public byte* TrampolineCr3;
    public ulong* ApplicationProcessorBlock;
    public ulong* EndOfInterruptRegister;
    public uint* ExtendedStateSize;
    public byte* SymbolsBegin;
    public byte* SymbolsEnd;
    public byte* LinesBegin;
    public byte* LinesEnd;
    public byte* FontBegin;
    public byte* FontEnd;

    /// <summary>The archive of the files that the kernel was built with.</summary>
    public byte* FilesStart;
    public byte* FilesEnd;
    public nint* ClassLibraryFunctions;
    public uint* ProcessorFeatures;

    public static ImageLayout* Get() => Address();

    [RuntimeImport("*", "image_layout")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ImageLayout* Address();
}
