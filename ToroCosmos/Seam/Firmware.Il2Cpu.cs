namespace ToroCosmos.Seam;

public static unsafe partial class Firmware
{
    // Cosmos boots on machines with a BIOS only, and keeps no command line.
    public static partial ulong RootPointer() => 0;

    public static partial byte* CommandLine()
    {
        // Data of the image: it does not move.
        fixed (byte* empty = "\0"u8)
        {
            return empty;
        }
    }
}
