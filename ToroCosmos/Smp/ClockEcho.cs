using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Smp;

/// <summary>One core asks another for the time. Each side writes only its own half.</summary>
[StructLayout(LayoutKind.Explicit, Size = CoreSlot.Bytes)]
internal unsafe struct ClockEcho
{
    private const uint LastQuestion = uint.MaxValue;

    /// <summary>The asking core: the number of its question; 0 before the first.</summary>
    [FieldOffset(0)]
    private uint _asked;

    /// <summary>The other core: the number of the question that <see cref="_time"/> answers.</summary>
    [FieldOffset(128)]
    private uint _answered;

    /// <summary>The other core: its time.</summary>
    [FieldOffset(136)]
    private ulong _time;

    /// <summary>Asks, until the deadline.</summary>
    /// <param name="echo">Zeroed, shared with the other core, which runs <see cref="Answer"/>.</param>
    /// <param name="questions">How many, at most.</param>
    /// <param name="deadline">A value of this core's <see cref="Clock.Now"/>.</param>
    public static ClockOffset Ask(ClockEcho* echo, uint questions, ulong deadline)
    {
        ClockOffset offset = ClockOffset.Unknown;
        for (uint question = 1; question <= questions; question++)
        {
            ulong before = Now();
            Volatile.Write(ref echo->_asked, question);
            while (Volatile.Read(ref echo->_answered) != question && Clock.Now < deadline)
            {
                Cpu.Pause();
            }

            if (Volatile.Read(ref echo->_answered) != question)
            {
                break;
            }

            ulong other = echo->_time;
            offset.Add(before, other, Now());
        }

        Volatile.Write(ref echo->_asked, LastQuestion);
        return offset;
    }

    /// <summary>Answers until the last question; not by its own clock, which may be anywhere.</summary>
    public static void Answer(ClockEcho* echo)
    {
        uint seen = 0;
        while (true)
        {
            uint asked = Volatile.Read(ref echo->_asked);
            if (asked == LastQuestion)
            {
                return;
            }

            if (asked == seen)
            {
                Cpu.Pause();
                continue;
            }

            seen = asked;
            echo->_time = Now();
            Volatile.Write(ref echo->_answered, seen);
        }
    }

    /// <summary>
    /// The time, neither read before what precedes it nor after what follows: CPUID orders all (Intel SDM 3A, Serializing
    /// Instructions), as RDTSC itself does not.
    /// </summary>
    private static ulong Now()
    {
        Cpu.CpuId(0);
        ulong now = Clock.Now;
        Cpu.CpuId(0);
        return now;
    }
}
