using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>The threads that could run on a core, by level; within one the first come is the first to run.</summary>
internal unsafe struct ReadyQueue
{
    /// <summary>The class library's five priorities, and above them that of a core's own thread.</summary>
    public const int Levels = CoreLevel + 1;

    /// <summary>The level of a thread of ordinary priority, and of a core's own that is given functions.</summary>
    public const int NormalLevel = 2;
    public const int CoreLevel = 5;

    private Heads _first;
    private Heads _last;
    private int _count;

    [InlineArray(Levels)]
    private struct Heads
    {
        private nint _head;
    }

    /// <summary>How many threads are in it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The highest level that a thread waits in; -1 when none does.</summary>
    public int HighestLevel
    {
        get
        {
            int level = Levels - 1;
            while (level >= 0 && _first[level] == 0)
            {
                level--;
            }

            return level;
        }
    }

    public void Add(ThreadBlock* thread)
    {
        int level = thread->Level;
        thread->ReadySince = Clock.Now;
        thread->Next = null;
        if (_first[level] == 0)
        {
            _first[level] = (nint)thread;
        }
        else
        {
            ((ThreadBlock*)_last[level])->Next = thread;
        }

        _last[level] = (nint)thread;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>
    /// Takes the thread to run next: the first of the highest level, unless one of a lower level has waited for too long.
    /// </summary>
    /// <param name="tooLong">In ticks of the clock: so that no level starves.</param>
    /// <returns>Null when there is none.</returns>
    public ThreadBlock* Take(ulong tooLong)
    {
        int highest = HighestLevel;
        if (highest < 0)
        {
            return null;
        }

        for (int level = highest - 1; level >= 0; level--)
        {
            var first = (ThreadBlock*)_first[level];
            if (first != null && Clock.Now - first->ReadySince > tooLong)
            {
                return Remove(null, level);
            }
        }

        return Remove(null, highest);
    }

    /// <summary>Takes a thread that another core may run: it is bound to none, and its registers are saved.</summary>
    public ThreadBlock* TakeFree()
    {
        for (int level = HighestLevel; level >= 0; level--)
        {
            ThreadBlock* before = null;
            for (var thread = (ThreadBlock*)_first[level]; thread != null; before = thread, thread = thread->Next)
            {
                if (thread->Binding == 0 && Volatile.Read(ref thread->OnCore) == 0)
                {
                    return Remove(before, level);
                }
            }
        }

        return null;
    }

    /// <summary>Takes the thread behind another, or the first.</summary>
    private ThreadBlock* Remove(ThreadBlock* before, int level)
    {
        ThreadBlock* thread = before == null ? (ThreadBlock*)_first[level] : before->Next;
        if (before == null)
        {
            _first[level] = (nint)thread->Next;
        }
        else
        {
            before->Next = thread->Next;
        }

        if (_last[level] == (nint)thread)
        {
            _last[level] = (nint)before;
        }

        thread->Next = null;
        Volatile.Write(ref _count, _count - 1);
        return thread;
    }
}
