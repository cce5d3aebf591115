using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>
/// The one module that the compiler wrote, and its sections by number (ReadyToRun header of NativeAOT: a 16-byte
/// header, then { int number, int flags, start, end } each).
/// </summary>
internal static unsafe class Modules
{
    private const int SectionCountOffset = 12;
    private const int FirstSection = 16;
    private const int SectionSize = 24;
    private const int BlobBase = 300;
    private const int ClassLibraryFunctionCount = 14;

    /// <summary>The class library reads the first field only.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TypeManager
    {
        public nint OsModule;
        public byte* Header;
    }

    /// <summary>Lets the class library set up types, statics and string literals; from here on managed code may run.</summary>
    public static void Initialize()
    {
        ImageLayout* image = ImageLayout.Get();
        InitializeModules(
            OsModule,
            image->ModulesStart,
            (int)(image->ModulesEnd - image->ModulesStart),
            image->ClassLibraryFunctions,
            ClassLibraryFunctionCount);
    }

    /// <summary>There is no operating system's module; the image's start serves as its handle.</summary>
    private static nint OsModule => (nint)ImageLayout.Get()->KernelStart;

    [RuntimeExport("RhpRegisterOsModule")]
    private static nint RegisterOsModule(nint module) => module;

    [RuntimeExport("RhGetOSModuleFromPointer")]
    private static nint OsModuleOf(nint address) => OsModule;

    [RuntimeExport("RhGetLoadedOSModules")]
    private static uint LoadedOsModules(nint modules) => 0;

    [RuntimeExport("RhpCreateTypeManager")]
    private static TypeManager* CreateTypeManager(nint module, byte* header, nint* functions, int count)
    {
        var manager = (TypeManager*)FrameAllocator.Allocate((ulong)sizeof(TypeManager), 16);
        manager->OsModule = module;
        manager->Header = header;
        return manager;
    }

    [RuntimeExport("RhpGetModuleSection")]
    private static byte* GetSection(TypeManager** manager, int number, int* length) => Section(*manager, number, length);

    [RuntimeExport("RhFindBlob")]
    private static byte FindBlob(TypeManager** manager, int number, byte** start, uint* length)
    {
        int bytes;
        *start = Section(*manager, number + BlobBase, &bytes);
        *length = (uint)bytes;
        return *start != null ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpGetClasslibFunctionFromEEType")]
    private static nint ClassLibraryFunctionOfType(MethodTable* type, int function) => ClassLibraryFunction(0, function);

    [RuntimeExport("RhpGetClasslibFunctionFromCodeAddress")]
    private static nint ClassLibraryFunction(nint address, int function) =>
        function < ClassLibraryFunctionCount ? ImageLayout.Get()->ClassLibraryFunctions[function] : 0;

    // String literals and other frozen objects need no registration without a collector.
    [RuntimeExport("RhRegisterFrozenSegment")]
    private static nint RegisterFrozenSegment(nint start, nuint allocated, nuint committed, nuint reserved) => start;

    [RuntimeExport("RhUpdateFrozenSegment")]
    private static void UpdateFrozenSegment(nint segment, nint allocated, nint committed)
    {
    }

    [RuntimeExport("RhGetKnobValues")]
    private static uint KnobValues(byte*** keys, byte*** values)
    {
        *keys = null;
        *values = null;
        return 0;
    }

    [RuntimeExport("RhGetCodeTarget")]
    private static nint CodeTarget(nint code) => code;

    [RuntimeExport("RhGetTargetOfUnboxingAndInstantiatingStub")]
    private static nint TargetOfStub(nint code) => 0;

    private static byte* Section(TypeManager* manager, int number, int* length)
    {
        byte* header = manager->Header;
        int count = *(ushort*)(header + SectionCountOffset);
        for (byte* section = header + FirstSection; count > 0; count--, section += SectionSize)
        {
            if (*(int*)section == number)
            {
                byte* start = *(byte**)(section + 8);
                byte* end = *(byte**)(section + 16);
                *length = end == null ? sizeof(nint) : (int)(end - start);
                return start;
            }
        }

        *length = 0;
        return null;
    }

    [RuntimeImport("*", "InitializeModules")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void InitializeModules(
        nint osModule, nint* headers, int count, nint* functions, int functionCount);
}
