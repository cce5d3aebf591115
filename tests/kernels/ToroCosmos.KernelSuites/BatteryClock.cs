using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>The battery-backed clock, an MC146818: a second opinion on time.</summary>
internal static class BatteryClock
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte Seconds = 0x00;
    private const byte StatusA = 0x0A;

    /// <summary>Status register A; 0xFF where there is no such clock.</summary>
    public static byte Status() => Read(StatusA);

    /// <summary>Waits until its second changes.</summary>
    /// <returns>False when it does not within three seconds.</returns>
    public static bool WaitForNextSecond()
    {
        ulong deadline = Clock.Now + (3 * Clock.TicksPerSecond);
        byte second = Read(Seconds);
        while (Clock.Now < deadline)
        {
            if (Read(Seconds) != second)
            {
                return true;
            }

            Cpu.Pause();
        }

        return false;
    }

    private static byte Read(byte register)
    {
        Port.Write8(Index, register);
        return Port.Read8(Data);
    }
}
