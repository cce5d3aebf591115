using System.Collections.Concurrent;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>The class library's queue for any number of threads.</summary>
internal readonly struct ConcurrentQueueOfSlots : ISlotQueue
{
    private readonly ConcurrentQueue<ulong> _queue;

    public ConcurrentQueueOfSlots()
    {
        _queue = new ConcurrentQueue<ulong>();
    }

    public bool TryEnqueue(ulong item)
    {
        _queue.Enqueue(item);
        return true;
    }

    public bool TryDequeue(out ulong item) => _queue.TryDequeue(out item);
}
