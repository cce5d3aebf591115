using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.BusBenchmark;

/// <summary>Buses of the running machine, with sizes of the benchmark's choice.</summary>
internal static unsafe class KernelBus
{
    /// <summary>A bus of all cores, with its queues initialized.</summary>
    public static MessageBus Create(
        int queueSize, int bufferSize, WaitLengths lengths, BusChecks checks = BusChecks.Standard)
    {
        var options = new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = bufferSize,
            Waiting = lengths,
            Lendable = new MachineMemory(),
            Checks = checks,
        };
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, options);
        byte* memory = PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        var bus = new MessageBus(memory, bytes, Cores.Count, Cores.Sleep!, options);
        Cores.RunOnAll(core => bus.Endpoint(core).InitializeQueues());
        return bus;
    }
}
