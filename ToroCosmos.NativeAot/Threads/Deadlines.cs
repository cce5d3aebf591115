using System.Threading;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// The threads that wait no longer than to a deadline, the earliest first. Core 0's timer serves them all, so that no other
/// core is interrupted for one. All calls with interrupts disabled.
/// </summary>
internal static unsafe class Deadlines
{
    private static SchedulerLock s_lock;
    private static ThreadBlock* s_first;
    private static ThreadBlock* s_last;
    private static ulong s_earliest = ulong.MaxValue;

    /// <summary>The earliest; <see cref="ulong.MaxValue"/> for none.</summary>
    public static ulong Earliest => Volatile.Read(ref s_earliest);

    /// <summary>Adds the running thread.</summary>
    /// <returns>Whether its deadline is now the earliest: core 0 must look.</returns>
    public static bool Add(ThreadBlock* thread, ulong deadline)
    {
        s_lock.Enter();

        // From the end: of waits of equal length the latest ends last.
        ThreadBlock* before = s_last;
        while (before != null && before->Deadline > deadline)
        {
            before = before->EarlierDeadline;
        }

        ThreadBlock* after = before == null ? s_first : before->LaterDeadline;
        thread->Deadline = deadline;
        thread->EarlierDeadline = before;
        thread->LaterDeadline = after;
        if (after != null)
        {
            after->EarlierDeadline = thread;
        }
        else
        {
            s_last = thread;
        }

        if (before != null)
        {
            before->LaterDeadline = thread;
        }
        else
        {
            s_first = thread;
            Volatile.Write(ref s_earliest, deadline);
        }

        thread->HasDeadline = 1;
        s_lock.Exit();
        return before == null;
    }

    /// <summary>Removes a thread, if it is still in the list.</summary>
    public static void Remove(ThreadBlock* thread)
    {
        s_lock.Enter();
        if (thread->HasDeadline != 0)
        {
            Unlink(thread);
        }

        s_lock.Exit();
    }

    /// <summary>Takes a thread whose deadline has passed; null when there is none.</summary>
    public static ThreadBlock* TakeDue(ulong now)
    {
        if (Earliest > now)
        {
            return null;
        }

        s_lock.Enter();
        ThreadBlock* thread = s_first;
        if (thread != null && thread->Deadline <= now)
        {
            Unlink(thread);
        }
        else
        {
            thread = null;
        }

        s_lock.Exit();
        return thread;
    }

    private static void Unlink(ThreadBlock* thread)
    {
        ThreadBlock* before = thread->EarlierDeadline;
        ThreadBlock* after = thread->LaterDeadline;
        if (after != null)
        {
            after->EarlierDeadline = before;
        }
        else
        {
            s_last = before;
        }

        if (before != null)
        {
            before->LaterDeadline = after;
        }
        else
        {
            s_first = after;
            Volatile.Write(ref s_earliest, after == null ? ulong.MaxValue : after->Deadline);
        }

        thread->HasDeadline = 0;
    }
}
