using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

public static partial class Clock
{
    private const byte TimerChannel = 2;
    private const ushort SpeakerControl = 0x61;
    private const byte SpeakerGate = 0x01;
    private const byte SpeakerSound = 0x02;

    private static ulong s_hertz;

    public static partial ulong TicksPerSecond
    {
        get
        {
            // Asked first while the boot core starts the others, so only one core ever measures.
            if (s_hertz == 0)
            {
                s_hertz = Measure();
            }

            return s_hertz;
        }
    }

    public static partial ulong Now => Cpu.ReadTimestamp();

    /// <summary>By the speaker's channel, without a sound: channel 0 is Cosmos' own.</summary>
    private static ulong Measure()
    {
        byte control = (byte)(Port.Read8(SpeakerControl) & ~(SpeakerGate | SpeakerSound));
        Port.Write8(SpeakerControl, (byte)(control | SpeakerGate));
        ulong hertz = TimestampRate.Find(TimerChannel);
        Port.Write8(SpeakerControl, control);
        return hertz;
    }
}
