using ToroCosmos.NativeAot.Files;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.SystemNative;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.Boot;

/// <summary>
/// Archives of files: the one that the kernel was built with, and the one that the boot loader left in memory. They stay
/// where they are, and are read there.
/// </summary>
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

    /// <summary>Makes the tree of all files; of two with the same path the boot loader's counts.</summary>
    public static void Read()
    {
        TerminalDescription.Add();
        ImageLayout* image = ImageLayout.Get();
        ReadArchive(image->FilesStart, (ulong)(image->FilesEnd - image->FilesStart));
        if (!Exist)
        {
            return;
        }

        if (!PageTables.Map(Start, End, PageTables.NoExecute))
        {
            KernelPanic.Raise("out of memory for the page tables of the files; give the machine more memory"u8);
        }

        ReadArchive((byte*)BootInformation.FilesStart, BootInformation.FilesLength);
    }

    private static void ReadArchive(byte* archive, ulong length)
    {
        if (length != 0 && !TarArchive.Read(archive, length))
        {
            MachineConsole.WriteLine("The files that the kernel was booted with are no tar archive, or one that is damaged or cut short."u8);
        }
    }
}
