using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Startup;

/// <summary>
/// Starts processors one after another (Intel SDM 3A, MP Initialization Protocol Algorithm for MP Systems): INIT to all,
/// one common delay, then for each a start-up interrupt, and a second one if it has not answered.
/// </summary>
/// <remarks>
/// A processor answers in the slot of its own APIC id and goes on only when the boot core accepts it there. One that
/// rises after it was given up finds itself refused, whichever start-up state it took, and parks; so does one that rises
/// again after it has answered. Neither can disturb the boot core or the core whose number it rose with.
/// </remarks>
internal static unsafe class CoreStarter
{
    private const uint InitMicroseconds = 10_000;
    private const uint StartUpMicroseconds = 200;

    /// <summary>From the start-up interrupt to giving up; with the delay after INIT it stays below 100 ms.</summary>
    private const uint AnswerMicroseconds = 85_000;

    /// <summary>Boot core: starts the processors of all slots. Those that answer get the numbers 1, 2, ... in order.</summary>
    /// <param name="slots">One for each processor but the boot core's, <see cref="CoreSlot.ApicId"/> set, else zero.</param>
    /// <param name="count">How many.</param>
    /// <param name="port">How to reach them.</param>
    /// <param name="sleep">How a core that waits for its acceptance is woken.</param>
    /// <param name="slotOfCore">Receives the slot of each core that is online, from index 1; has room for all.</param>
    /// <param name="report">Receives the numbers of found and online cores and the failures.</param>
    public static void Start(
        CoreSlot* slots, int count, StartUpPort port, CoreSleep sleep, CoreSlot** slotOfCore, StartReport report)
    {
        for (int i = 0; i < count; i++)
        {
            if (port.CanAddress(slots[i].ApicId))
            {
                port.SendInit(slots[i].ApicId);
            }
        }

        ulong begin = Clock.Now;
        ulong delay = TickMath.FromMicroseconds(InitMicroseconds);
        while (count > 0 && Clock.Now - begin < delay)
        {
            Cpu.Pause();
        }

        int number = 1;
        for (int i = 0; i < count; i++)
        {
            CoreSlot* slot = slots + i;
            bool takenBefore = IsTaken(slots, i, number);
            slotOfCore[number] = slot;
            StartFailureReason reason = StartOne(slot, number, port, sleep);
            if (reason == StartFailureReason.None)
            {
                number++;
                continue;
            }

            if (reason == StartFailureReason.NoAnswer && !takenBefore && IsTaken(slots, i, number))
            {
                reason = StartFailureReason.StateTaken;
            }

            report.Add(new StartFailure(slot->ApicId, reason));
        }

        if (number <= count)
        {
            slotOfCore[number] = null;
        }

        report.Found = count + 1;
        report.Online = number;
    }

    /// <summary>A processor that has just risen: says so, and waits for the boot core's decision.</summary>
    /// <returns>Its slot; null when it must park for ever.</returns>
    public static CoreSlot* Answer(CoreSlot* slots, int count, uint apicId, int core, CoreSleep sleep)
    {
        for (int i = 0; i < count; i++)
        {
            CoreSlot* slot = slots + i;
            if (slot->ApicId == apicId)
            {
                // One that rises again would go on with a second number.
                if (Volatile.Read(ref slot->Answer) != 0)
                {
                    return null;
                }

                Volatile.Write(ref slot->Answer, (uint)core);
                CoreWait.While(
                    &slot->Decision, CoreSlot.Undecided, &slot->Asleep, sleep, WaitLengths.Default, ulong.MaxValue);
                return Volatile.Read(ref slot->Decision) == CoreSlot.Accepted ? slot : null;
            }
        }

        return null;
    }

    private static StartFailureReason StartOne(CoreSlot* slot, int number, StartUpPort port, CoreSleep sleep)
    {
        StartFailureReason reason = AwaitRise(slot, number, port);
        uint decision = reason == StartFailureReason.None ? CoreSlot.Accepted : CoreSlot.Refused;
        Volatile.Write(ref slot->Decision, decision);
        CoreWait.WakeIfAsleep(&slot->Asleep, sleep, number);
        return reason;
    }

    private static StartFailureReason AwaitRise(CoreSlot* slot, int number, StartUpPort port)
    {
        uint apicId = slot->ApicId;
        if (!port.CanAddress(apicId))
        {
            return StartFailureReason.NotAddressable;
        }

        byte page = port.Prepare(number);
        if (page == 0)
        {
            return StartFailureReason.NoMemory;
        }

        ulong begin = Clock.Now;
        if (!port.SendStartUp(apicId, page))
        {
            return StartFailureReason.NotDelivered;
        }

        if (!Answers(slot, begin + TickMath.FromMicroseconds(StartUpMicroseconds)))
        {
            if (!port.SendStartUp(apicId, page))
            {
                return StartFailureReason.NotDelivered;
            }

            if (!Answers(slot, begin + TickMath.FromMicroseconds(AnswerMicroseconds)))
            {
                return StartFailureReason.NoAnswer;
            }
        }

        return Volatile.Read(ref slot->Answer) == (uint)number ? StartFailureReason.None : StartFailureReason.StateTaken;
    }

    private static bool Answers(CoreSlot* slot, ulong deadline)
    {
        while (Volatile.Read(ref slot->Answer) == 0)
        {
            if (Clock.Now >= deadline)
            {
                return false;
            }

            Cpu.Pause();
        }

        return true;
    }

    /// <summary>Whether a processor that was given up earlier rose with this number.</summary>
    private static bool IsTaken(CoreSlot* slots, int before, int number)
    {
        for (int i = 0; i < before; i++)
        {
            if (Volatile.Read(ref slots[i].Decision) == CoreSlot.Refused && Volatile.Read(ref slots[i].Answer) == (uint)number)
            {
                return true;
            }
        }

        return false;
    }
}
