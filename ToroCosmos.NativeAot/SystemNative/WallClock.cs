using System.Runtime;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// The date and time, in UTC: read once from the battery-backed clock, which counts whole seconds, and carried on by
/// the time-stamp counter.
/// </summary>
internal static unsafe class WallClock
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte Seconds = 0x00;
    private const byte Minutes = 0x02;
    private const byte Hours = 0x04;
    private const byte Day = 0x07;
    private const byte Month = 0x08;
    private const byte Year = 0x09;
    private const byte StatusA = 0x0A;
    private const byte StatusB = 0x0B;
    private const byte UpdateInProgress = 0x80;
    private const byte Is24Hours = 0x02;
    private const byte IsBinary = 0x04;
    private const byte Afternoon = 0x80;

    /// <summary>Ticks of 100 ns from the year 1 to 1970, where Unix' times begin.</summary>
    private const long UnixEpoch = 621_355_968_000_000_000;
    private const long TicksPerSecond = 10_000_000;

    /// <summary>Attempts to read the clock between two of its updates, each far shorter than a second.</summary>
    private const int MaximumAttempts = 100_000;

    /// <summary>The clock's index and its data are two ports: one core at a time.</summary>
    private static SpinLock s_lock;
    private static long s_bootTime;
    private static ulong s_bootStamp;

    /// <summary>The time in ticks of 100 ns since 1970.</summary>
    [RuntimeExport("SystemNative_GetSystemTimeAsTicks")]
    private static long SystemTime() => Now() - UnixEpoch;

    private static long Now()
    {
        // The time is stored behind its stamp, and stores become visible in order.
        if (Volatile.Read(ref s_bootTime) == 0)
        {
            SetBootTime();
        }

        ulong elapsed = Cpu.ReadTimestamp() - s_bootStamp;
        ulong hertz = Clock.TicksPerSecond;
        return s_bootTime + (long)((elapsed / hertz * TicksPerSecond) + (elapsed % hertz * TicksPerSecond / hertz));
    }

    private static void SetBootTime()
    {
        s_lock.Enter();
        if (s_bootTime == 0)
        {
            s_bootStamp = Cpu.ReadTimestamp();
            Readings++;
            Volatile.Write(ref s_bootTime, ReadClock());
        }

        s_lock.Exit();
    }

    /// <summary>How often the battery-backed clock was read.</summary>
    internal static int Readings { get; private set; }

    /// <summary>Forgets the time, for a test of what the first users meet.</summary>
    internal static void Forget() => Volatile.Write(ref s_bootTime, 0);

    // Read twice until both agree, because the clock may be updating (MC146818 data sheet, Update Cycle).
    private static long ReadClock()
    {
        ulong last = 0;
        for (int i = 0; i < MaximumAttempts; i++)
        {
            if ((Read(StatusA) & UpdateInProgress) != 0)
            {
                Cpu.Pause();
                continue;
            }

            ulong fields = Pack();
            if (fields == last)
            {
                break;
            }

            last = fields;
        }

        byte format = Read(StatusB);
        int hour = (byte)(last >> 16);
        bool isAfternoon = (format & Is24Hours) == 0 && (hour & Afternoon) != 0;
        hour = Decode(hour & ~Afternoon, format);
        hour = (format & Is24Hours) != 0 ? hour : (hour % 12) + (isAfternoon ? 12 : 0);
        int second = Decode((byte)last, format);
        int minute = Decode((byte)(last >> 8), format);
        int day = Decode((byte)(last >> 24), format);
        int month = Decode((byte)(last >> 32), format);
        int year = 2000 + Decode((byte)(last >> 40), format);
        bool sane = second < 60 && minute < 60 && hour < 24 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
        return sane ? ((DaysBefore(year, month, day) * 86400) + (hour * 3600) + (minute * 60) + second) * TicksPerSecond : UnixEpoch;
    }

    private static ulong Pack() =>
        Read(Seconds) | ((ulong)Read(Minutes) << 8) | ((ulong)Read(Hours) << 16) | ((ulong)Read(Day) << 24)
        | ((ulong)Read(Month) << 32) | ((ulong)Read(Year) << 40);

    private static byte Read(byte register)
    {
        Port.Write8(Index, register);
        return Port.Read8(Data);
    }

    private static int Decode(int value, byte format) =>
        (format & IsBinary) != 0 ? value : ((value >> 4) * 10) + (value & 15);

    /// <summary>Days from 1 January of the year 1.</summary>
    private static long DaysBefore(int year, int month, int day)
    {
        // Counted from March, so that the leap day comes last.
        int y = month > 2 ? year : year - 1;
        int m = (month + 9) % 12;
        return (365L * y) + (y / 4) - (y / 100) + (y / 400) + (((m * 306) + 5) / 10) + day - 307;
    }
}
