using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.Gen3.Image;
using ToroCosmos.Gen3.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Gen3.Boot;

/// <summary>The seam's <see cref="Firmware"/>, and its clock's rate.</summary>
internal static unsafe class FirmwareExports
{
    private static byte s_noCommandLine;
    private static ulong s_hertz;

    [RuntimeExport("ToroFirmwareRootPointer")]
    private static ulong RootPointer()
    {
        // Where Limine gives the address in the higher half depends on its version and on what the kernel asks for.
        ulong address = (ulong)CosmosFunctions.RootPointer();
        return address >= PageTables.HigherHalf ? address - PageTables.HigherHalf : address;
    }

    [RuntimeExport("ToroFirmwareCommandLine")]
    private static byte* CommandLine()
    {
        byte* line = CosmosFunctions.CommandLine();
        return line != null ? line : (byte*)Unsafe.AsPointer(ref s_noCommandLine);
    }

    /// <summary>Asked first while the boot core starts the others, so only one core ever measures.</summary>
    [RuntimeExport("ToroClockRate")]
    private static ulong ClockRate()
    {
        if (s_hertz == 0)
        {
            s_hertz = TimestampRate.FindBySpeakerChannel();
        }

        return s_hertz;
    }
}
