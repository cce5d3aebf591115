using System;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Mpi.Engine;

/// <summary>
/// The processes of MPI, one for each of the first cores of a bus. The boot core makes it; then each core uses the
/// <see cref="Process"/> that is its own, after it has initialized its queues of the bus, on which nothing else may be sent
/// between these cores.
/// </summary>
public sealed unsafe class MpiWorld
{
    private readonly MpiProcess[] _processes;

    /// <summary>Makes a world. Allocates; for the boot core.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="ranks">How many processes: from 1 to the bus's cores.</param>
    /// <param name="memory">Memory aligned to 64 bytes, with any content; the world's from now on.</param>
    /// <param name="memoryBytes">Its length: at least <see cref="RequiredBytes"/>.</param>
    /// <param name="sleep">How a core sleeps.</param>
    /// <param name="options">The sizes; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public MpiWorld(MessageBus bus, int ranks, byte* memory, nuint memoryBytes, CoreSleep sleep, MpiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        options ??= new MpiOptions();
        nuint required = RequiredBytes(bus, ranks, options);
        if (memory == null || memoryBytes < required)
        {
            throw new ArgumentException("The MPI world needs " + required + " bytes of memory; it was given " + memoryBytes + ".");
        }

        Region region = new(memory);
        _processes = new MpiProcess[ranks];
        for (int rank = 0; rank < ranks; rank++)
        {
            // News of the bus, and room to each rank.
            WaitSet waits = new(rank, bus.Cores + 1, sleep, options.Waiting);
            _ = waits.Add(bus.Endpoint(rank).MessagesFromAny);
            _processes[rank] = new MpiProcess(bus.Endpoint(rank), ranks, bus.BufferSize, waits, options, ref region);
        }
    }

    /// <summary>How many processes there are.</summary>
    public int Size => _processes.Length;

    /// <summary>How much memory a world takes, in bytes.</summary>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static nuint RequiredBytes(MessageBus bus, int ranks, MpiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        options ??= new MpiOptions();
        options.Validate();
        if (ranks < 1 || ranks > bus.Cores)
        {
            throw new ArgumentException("There are from 1 to " + bus.Cores + " ranks, one on each core; not " + ranks + ".");
        }

        if (bus.BufferSize < PacketHeader.Bytes + sizeof(ulong))
        {
            throw new ArgumentException("The buffers of the bus are too short for MPI: they need 24 bytes or more.");
        }

        Region region = new(null);
        for (int rank = 0; rank < ranks; rank++)
        {
            _ = new ProcessMemory(ref region, options, ranks, bus.BufferSize);
        }

        return region.Bytes;
    }

    /// <summary>MPI as a rank sees it. Only that rank's core may use it.</summary>
    /// <param name="rank">From 0, below <see cref="Size"/>.</param>
    [AnyCore]
    public MpiProcess Process(int rank) => _processes[rank];
}
