using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

public static partial class Clock
{
    private static ulong s_hertz;

    public static partial ulong TicksPerSecond
    {
        get
        {
            // Asked first while the boot core starts the others, so only one core ever measures.
            if (s_hertz == 0)
            {
                s_hertz = TimestampRate.FindBySpeakerChannel();
            }

            return s_hertz;
        }
    }

    public static partial ulong Now => Cpu.ReadTimestamp();
}
