using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.NativeAot.Handover;

/// <summary>What the boot protocol told, copied out of its memory before that is reused.</summary>
internal static unsafe class BootInformation
{
    /// <summary>What is beyond is cut off.</summary>
    public const int LongestCommandLine = 2047;
    public const int RootPointerSize = 36;

    private static CommandLineBuffer s_commandLine;
    private static RootPointerBuffer s_rootPointer;
    private static ulong s_rootPointerAddress;

    [InlineArray(LongestCommandLine + 1)]
    private struct CommandLineBuffer
    {
        private byte _first;
    }

    [InlineArray(RootPointerSize)]
    private struct RootPointerBuffer
    {
        private byte _first;
    }

    /// <summary>The boot loader's linear framebuffer; its address is 0 when there is none.</summary>
    public static FramebufferInformation Framebuffer;

    /// <summary>Whether the screen is in VGA text mode.</summary>
    public static bool HasTextScreen;

    /// <summary>Where the archive of files lies that the boot loader loaded beside the kernel.</summary>
    public static ulong FilesStart { get; private set; }

    /// <summary>Bytes of that archive; 0 when there is none.</summary>
    public static ulong FilesLength { get; private set; }

    /// <summary>Names where the archive of files lies. The first one counts.</summary>
    public static void SetFiles(ulong start, ulong length)
    {
        if (FilesLength == 0 && start != 0)
        {
            FilesStart = start;
            FilesLength = length;
        }
    }

    /// <summary>The kernel's command line, ended by a zero byte.</summary>
    public static byte* CommandLine => (byte*)Unsafe.AsPointer(ref s_commandLine[0]);

    public static void SetCommandLine(byte* text, ulong limit)
    {
        byte* copy = CommandLine;
        int length = 0;
        while (length < LongestCommandLine && (ulong)length < limit && text[length] != 0)
        {
            copy[length] = text[length];
            length++;
        }

        copy[length] = 0;
    }

    /// <summary>Copies the kernel's command line with the zero byte that ends it.</summary>
    /// <param name="text">Room for one byte more than <see cref="LongestCommandLine"/>.</param>
    public static void CopyCommandLine(byte* text)
    {
        byte* line = CommandLine;
        int length = 0;
        while (line[length] != 0)
        {
            text[length] = line[length];
            length++;
        }

        text[length] = 0;
    }

    /// <summary>Names where the ACPI root pointer is.</summary>
    public static void SetRootPointerAddress(ulong address) => s_rootPointerAddress = address;

    /// <summary>Copies an ACPI root pointer that lies in the boot protocol's memory.</summary>
    public static void SetRootPointer(byte* pointer, ulong bytes)
    {
        byte* copy = (byte*)Unsafe.AsPointer(ref s_rootPointer[0]);
        for (ulong i = 0; i < RootPointerSize && i < bytes; i++)
        {
            copy[i] = pointer[i];
        }

        s_rootPointerAddress = (ulong)copy;
    }

    [RuntimeExport("ToroFirmwareRootPointer")]
    private static ulong RootPointer() => s_rootPointerAddress;

    [RuntimeExport("ToroFirmwareCommandLine")]
    private static byte* FirmwareCommandLine() => CommandLine;
}
