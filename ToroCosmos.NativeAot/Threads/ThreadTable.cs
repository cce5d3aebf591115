using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using System.Threading;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// All threads that ever were. Blocks and stacks of those that have ended are used again; no block's memory ever becomes
/// anything else, so that a late wake-up does no harm.
/// </summary>
internal static unsafe class ThreadTable
{
    /// <summary>The smallest stack: a preempted thread's registers, a throw and its handlers fit.</summary>
    public const ulong SmallestStack = 64 * 1024;

    private const ulong LargestStack = 1UL << 30;
    private const uint FirstArea = 4096;

    /// <summary>Numbers of started threads are above those of the cores' own.</summary>
    private const int FirstNumber = 0x1_0001;

    // What switch_thread pops before it returns: control words, then six registers, of which rbx is the highest.
    private const int SwitchWords = 8;
    private const ulong ControlWords = 0x37F_0000_1F80;

    private static SpinLock s_lock;
    private static ThreadBlock* s_all;
    private static ThreadBlock* s_ended;
    private static int s_lastNumber = FirstNumber - 1;
    private static int s_guards;

    /// <summary>How many guard pages were made so far.</summary>
    public static int Guards => Volatile.Read(ref s_guards);

    /// <summary>The first of all threads; <see cref="ThreadBlock.NextOfAll"/> leads on. Those that have ended are among them.</summary>
    public static ThreadBlock* First => s_all;

    /// <summary>Adds a core's own thread.</summary>
    public static void Add(ThreadBlock* thread)
    {
        s_lock.Enter();
        thread->NextOfAll = s_all;
        s_all = thread;
        s_lock.Exit();
    }

    /// <summary>A thread that has not begun, with a stack of at least so many bytes; null when there is no memory.</summary>
    public static ThreadBlock* Create(ulong stackBytes)
    {
        ulong bytes = stackBytes == 0 ? ImageLayout.Get()->StackSize : stackBytes;
        bytes = bytes < SmallestStack ? SmallestStack : bytes > LargestStack ? LargestStack : bytes;
        bytes = (bytes + PageTables.PageSize - 1) & ~(PageTables.PageSize - 1);
        s_lock.Enter();
        ThreadBlock* thread = TakeEnded(bytes);
        int number = ++s_lastNumber;
        s_lock.Exit();
        if (thread == null)
        {
            thread = Make(bytes);
            if (thread == null)
            {
                return null;
            }
        }

        thread->Number = number;
        thread->WakeState = WakeStates.None;
        thread->Level = ReadyQueue.NormalLevel;
        SetBeginning(thread);
        return thread;
    }

    /// <summary>The running thread has ended: its block and stack may be used again once no core uses them.</summary>
    public static void End(ThreadBlock* thread)
    {
        thread->ThreadStatics = 0;
        thread->ExInfoHead = null;
        thread->LastError = 0;
        thread->IsAlive = 0;
        s_lock.Enter();
        thread->Next = s_ended;
        s_ended = thread;
        s_lock.Exit();
    }

    /// <summary>Lets a thread begin in thread_entry when it is first switched to.</summary>
    public static void SetBeginning(ThreadBlock* thread)
    {
        // At a function's entry the stack pointer is 8 off a multiple of 16; thread_entry is jumped to by a return.
        ulong* stack = (ulong*)thread->StackTop - SwitchWords - 2;
        stack[0] = ControlWords;
        for (int i = 1; i < SwitchWords - 2; i++)
        {
            stack[i] = 0;
        }

        stack[SwitchWords - 2] = (ulong)thread;
        stack[SwitchWords - 1] = ImageLayout.Get()->ThreadEntry;
        thread->SavedStackPointer = (ulong)stack;
    }

    /// <summary>Gives a block a stack.</summary>
    public static bool AllocateStack(ThreadBlock* thread, ulong bytes)
    {
        ulong guard = GuardedStack.Allocate(bytes);
        if (guard == 0)
        {
            return false;
        }

        thread->StackGuard = guard;
        thread->StackTop = guard + PageTables.PageSize + bytes;
        Interlocked.Increment(ref s_guards);
        return true;
    }

    private static ThreadBlock* Make(ulong bytes)
    {
        var thread = (ThreadBlock*)FrameAllocator.Allocate(ThreadBlock.Size, 64);
        if (thread == null || !AllocateStack(thread, bytes))
        {
            return null;
        }

        thread->NextArea = FirstArea;
        Add(thread);
        return thread;
    }

    /// <summary>The ended thread with the smallest stack that is large enough, and not more than twice as large.</summary>
    private static ThreadBlock* TakeEnded(ulong bytes)
    {
        ThreadBlock** best = null;
        ulong bestSize = ulong.MaxValue;
        fixed (ThreadBlock** first = &s_ended)
        {
            for (ThreadBlock** link = first; *link != null; link = &(*link)->Next)
            {
                ulong size = (*link)->StackTop - (*link)->StackGuard - PageTables.PageSize;
                if (size >= bytes && size <= 2 * bytes && size < bestSize && Volatile.Read(ref (*link)->OnCore) == 0)
                {
                    best = link;
                    bestSize = size;
                    if (size == bytes)
                    {
                        break;
                    }
                }
            }

            if (best == null)
            {
                return null;
            }

            ThreadBlock* thread = *best;
            *best = thread->Next;
            thread->Next = null;
            return thread;
        }
    }
}
