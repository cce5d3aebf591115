using ToroCosmos.NativeAot.Files;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.Boot;

/// <summary>The archive of files that the boot loader left in memory: it stays there, and is read there.</summary>
internal static unsafe class BootFiles
{
    private static ulong Start => BootInformation.FilesStart & ~(PageTables.PageSize - 1);

    private static ulong End =>
        (BootInformation.FilesStart + BootInformation.FilesLength + PageTables.PageSize - 1) & ~(PageTables.PageSize - 1);

    /// <summary>Whether there is one, and its place is not nonsense.</summary>
    private static bool Exist => BootInformation.FilesLength != 0 && BootInformation.FilesLength <= PhysicalAddresses.End
        && BootInformation.FilesStart <= PhysicalAddresses.End - BootInformation.FilesLength;

    /// <summary>Keeps its memory from being used for anything else.</summary>
    public static void Reserve()
    {
        if (Exist)
        {
            MemoryMap.Remove(Start, End);
        }
    }

    /// <summary>Makes the tree of its files.</summary>
    public static void Read()
    {
        if (!Exist)
        {
            return;
        }

        if (!PageTables.Map(Start, End, PageTables.NoExecute))
        {
            KernelPanic.Raise("out of memory for the page tables of the files; give the machine more memory"u8);
        }

        if (!TarArchive.Read((byte*)BootInformation.FilesStart, BootInformation.FilesLength))
        {
            MachineConsole.WriteLine("The files that the kernel was booted with are no tar archive, or one that is damaged or cut short."u8);
        }
    }
}
