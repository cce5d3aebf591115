using System;
using System.Collections.Generic;
using System.Threading;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A bus with its memory, and threads that play its cores.</summary>
internal sealed unsafe class TestBus : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(120);

    private readonly AlignedMemory _memory;
    private readonly int _cores;
    private readonly BusOptions _options;
    private bool _inUse;

    public TestBus(
        int cores,
        CoreSleep sleep,
        int queueSize = 8,
        int bufferSize = 64,
        bool initialize = true,
        LendableMemory? lendable = null,
        BusChecks checks = BusChecks.Standard,
        CallingCore? caller = null)
    {
        _cores = cores;

        // Short steps: threads that share two processors reach the sleep often.
        _options = new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = bufferSize,
            Waiting = new WaitLengths(50, 20),
            Lendable = lendable,
            Checks = checks,
            Caller = caller,
        };
        _memory = new AlignedMemory(MessageBus.RequiredBytes(cores, _options));
        Bus = new MessageBus(_memory.Start, _memory.Bytes, cores, sleep, _options);
        for (int core = 0; core < cores && initialize; core++)
        {
            Bus.Endpoint(core).InitializeQueues();
        }

        (sleep as ScriptedSleep)?.Woken.Clear();
    }

    public MessageBus Bus { get; }

    public BusEndpoint this[int core] => Bus.Endpoint(core);

    /// <summary>The shared memory of a link, for tests that play a core which does not keep to the protocol.</summary>
    public LinkTable Links => new(_memory.Start, _cores, _options.LinkSizes);

    /// <summary>All that the cores share.</summary>
    public ReadOnlySpan<byte> Memory => new(_memory.Start, (int)_memory.Bytes);

    /// <summary>Runs one body for each core, each on a thread, and reports the first failure.</summary>
    public void RunCores(params Action<BusEndpoint>[] bodies)
    {
        _inUse = true;
        List<Exception> failures = [];
        List<Thread> threads = [];
        for (int i = 0; i < bodies.Length; i++)
        {
            int core = i;
            Thread thread = new(() =>
            {
                ThreadSleep.RunAs(core);
                try
                {
                    bodies[core](Bus.Endpoint(core));
                }
                catch (Exception failure)
                {
                    lock (failures)
                    {
                        failures.Add(failure);
                    }
                }
            })
            { IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }

        DateTime end = DateTime.UtcNow + s_bound;
        foreach (Thread thread in threads)
        {
            while (!thread.Join(100))
            {
                lock (failures)
                {
                    if (failures.Count > 0)
                    {
                        throw new AggregateException(failures);
                    }
                }

                if (DateTime.UtcNow > end)
                {
                    throw new TimeoutException("A core did not come to its end.");
                }
            }
        }

        _inUse = false;
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    public void Dispose()
    {
        // After a failure other cores may still run: their memory stays, so that the failure is reported.
        if (!_inUse)
        {
            _memory.Dispose();
        }
    }
}
