using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Tests;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>Ranks that are threads, over the real bus.</summary>
internal static unsafe class TestWorld
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    public static TheoryData<int> Sizes => [1, 2, 3, 4, 5, 8];

    public static TheoryData<int> Several => [2, 3, 4, 5, 8];

    /// <summary>Runs a body on each rank. A rank that fails leaves, so that no other waits for it.</summary>
    /// <param name="ranks">How many.</param>
    /// <param name="body">What each does.</param>
    /// <param name="leaves">The rank that ends without finalizing; none at first.</param>
    /// <param name="isClean">Whether each must have freed and received all at its end.</param>
    public static void Run(
        int ranks, Action<Rank> body, MpiOptions? options = null, bool isLent = true, bool isClean = true, int queueSize = 8,
        int leaves = -1)
    {
        WaitLengths waiting = new(50, 20);
        ThreadSleep sleep = new(ranks);
        BusOptions busOptions = new() { QueueSize = queueSize, BufferSize = 256, Waiting = waiting };
        MpiOptions sizes = options ?? new MpiOptions();
        sizes = new MpiOptions
        {
            Requests = sizes.Requests,
            UnexpectedMessages = sizes.UnexpectedMessages,
            ScratchBytes = sizes.ScratchBytes,
            WaitLimitNs = options == null ? 20_000_000_000 : options.WaitLimitNs,
            Waiting = waiting,
            Lendable = isLent ? new AllMemory() : null,
        };

        using AlignedMemory links = new(Math.Max(128, MessageBus.RequiredBytes(ranks, busOptions)));
        MessageBus bus = new(links.Start, links.Bytes, ranks, sleep, busOptions);
        AlignedMemory pools = new(MpiWorld.RequiredBytes(bus, ranks, sizes));
        MpiWorld world = new(bus, ranks, pools.Start, pools.Bytes, sleep, sizes);
        List<Exception> failures = [];
        List<string> leftovers = [];
        Thread[] threads = [.. Enumerable.Range(0, ranks).Select(core => new Thread(() =>
        {
            ThreadSleep.RunAs(core);
            _ = bus.Endpoint(core).InitializeQueues();
            MpiProcess mpi = world.Process(core);
            using Rank rank = new(mpi);
            try
            {
                body(rank);
                MpiLeftovers left = mpi.Leftovers;
                if (left != default)
                {
                    lock (leftovers)
                    {
                        leftovers.Add($"rank {core}: {left}");
                    }
                }

                if (core != leaves)
                {
                    _ = mpi.Finalize();
                }
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
            finally
            {
                mpi.Leave();
            }
        })
        { IsBackground = true })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        DateTime end = DateTime.UtcNow + s_bound;
        foreach (Thread thread in threads)
        {
            if (!thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero))
            {
                lock (failures)
                {
                    throw new AggregateException("A rank hangs.", failures);
                }
            }
        }

        pools.Dispose();
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        if (isClean)
        {
            Assert.Empty(leftovers);
        }
    }
}
