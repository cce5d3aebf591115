namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>A queue of the class library, which carries numbers. Implemented by structures, as <see cref="Benchmarking.IPipe"/>.</summary>
internal interface ISlotQueue
{
    bool TryEnqueue(ulong item);

    bool TryDequeue(out ulong item);
}
