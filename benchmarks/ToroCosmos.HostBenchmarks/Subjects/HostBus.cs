using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>The whole bus in memory of the host, between the two pinned threads.</summary>
internal static unsafe class HostBus
{
    private const int Cores = 2;

    // Longer than any message takes: a thread of the host has nothing better to do than to look.
    private static readonly WaitLengths s_waits = new(4096, 4096);

    /// <summary>A bus with its queues initialized.</summary>
    public static MessageBus Create(int queueSize, int bufferSize, BusChecks checks = BusChecks.Standard)
    {
        var options = new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = bufferSize,
            Waiting = s_waits,
            Lendable = new ProcessMemory(),
            Checks = checks,
        };
        nuint bytes = MessageBus.RequiredBytes(Cores, options);
        var bus = new MessageBus(NativeBlock.Allocate(bytes), bytes, Cores, new SpinSleep(Cores), options);
        for (int core = 0; core < Cores; core++)
        {
            bus.Endpoint(core).InitializeQueues();
        }

        return bus;
    }
}
