using ToroCosmos.Smp;

namespace ToroCosmos.Hardware;

public static partial class Clock
{
    private const ulong TimerHertz = 1_193_182;
    private const ushort TimerChannel2 = 0x42;
    private const ushort TimerCommand = 0x43;
    private const byte Channel2Once = 0xB0;         // both bytes, mode 0: the output rises when the count has run down
    private const ushort SpeakerControl = 0x61;
    private const byte SpeakerGate = 0x01;
    private const byte SpeakerSound = 0x02;
    private const byte SpeakerOutput = 0x20;

    /// <summary>The measurement takes a hundredth of a second.</summary>
    private const ushort Count = (ushort)(TimerHertz / 100);

    /// <summary>Ticks after which a timer that does not end is taken for absent: a second of a 4 GHz counter.</summary>
    private const ulong MostTicks = 4_000_000_000;

    /// <summary>Assumed where nothing can be measured; time-outs are then only roughly as long as asked.</summary>
    private const ulong AssumedHertz = 2_000_000_000;

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

    // By channel 2: Cosmos uses channel 0 itself.
    private static ulong Measure()
    {
        byte control = (byte)(Port.Read8(SpeakerControl) & ~(SpeakerGate | SpeakerSound));
        Port.Write8(SpeakerControl, (byte)(control | SpeakerGate));
        Port.Write8(TimerCommand, Channel2Once);
        Port.Write8(TimerChannel2, Count & 0xFF);
        Port.Write8(TimerChannel2, Count >> 8);
        ulong begin = Cpu.ReadTimestamp();
        ulong elapsed = 0;
        while ((Port.Read8(SpeakerControl) & SpeakerOutput) == 0 && elapsed < MostTicks)
        {
            elapsed = Cpu.ReadTimestamp() - begin;
        }

        elapsed = Cpu.ReadTimestamp() - begin;
        Port.Write8(SpeakerControl, control);
        return elapsed >= MostTicks ? AssumedHertz : TickMath.Divide(elapsed * TimerHertz, Count);
    }
}
