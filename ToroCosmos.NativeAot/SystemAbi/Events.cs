using System.Runtime;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>
/// Events, with which the class library builds <c>lock</c> and the waits of <c>System.Threading</c>. A waiting core
/// polls with pauses.
/// </summary>
internal static unsafe class Events
{
    private const uint ManualReset = 1;
    private const uint InitiallySet = 2;
    private const uint WaitTimeout = 0x102;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Event
    {
        public int IsSet;
        public int IsManual;
    }

    [RuntimeExport("CreateEventExW")]
    private static Event* Create(nint security, char* name, uint flags, uint access)
    {
        var created = (Event*)FrameAllocator.Allocate((ulong)sizeof(Event), 64);
        if (created != null)
        {
            created->IsManual = (flags & ManualReset) != 0 ? 1 : 0;
            created->IsSet = (flags & InitiallySet) != 0 ? 1 : 0;
        }

        return created;
    }

    [RuntimeExport("SetEvent")]
    private static int Set(Event* target)
    {
        Volatile.Write(ref target->IsSet, 1);
        return 1;
    }

    [RuntimeExport("ResetEvent")]
    private static int Reset(Event* target)
    {
        Volatile.Write(ref target->IsSet, 0);
        return 1;
    }

    // Memory is not given back; the handle is only forgotten.
    [RuntimeExport("CloseHandle")]
    private static int Close(nint handle) => 1;

    [RuntimeExport("WaitForMultipleObjectsEx")]
    private static uint WaitForMultiple(uint count, Event** events, int waitAll, uint milliseconds, int alertable)
    {
        if (waitAll != 0 && count > 1)
        {
            KernelPanic.Raise("not supported on the bare machine: waiting for all of several events"u8);
        }

        return WaitForAny(count, events, milliseconds);
    }

    /// <summary>Waits for any of some events.</summary>
    public static uint WaitForAny(uint count, Event** events, uint milliseconds)
    {
        ulong end = TimeStampClock.Deadline(milliseconds);
        while (true)
        {
            for (uint i = 0; i < count; i++)
            {
                if (TryTake(events[i]))
                {
                    return i;
                }
            }

            if (Cpu.ReadTimestamp() >= end)
            {
                return WaitTimeout;
            }

            Cpu.Pause();
        }
    }

    private static bool TryTake(Event* target) =>
        target->IsManual != 0
            ? Volatile.Read(ref target->IsSet) != 0
            : Volatile.Read(ref target->IsSet) != 0 && Interlocked.CompareExchange(ref target->IsSet, 0, 1) == 1;
}
