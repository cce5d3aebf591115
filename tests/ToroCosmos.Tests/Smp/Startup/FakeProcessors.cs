using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Tests.Smp.Startup;

/// <summary>
/// Processors that are threads, and the start-up code that they share: it holds the state of one core, which the first
/// to rise takes.
/// </summary>
internal sealed unsafe class FakeProcessors : StartUpPort, IDisposable
{
    private const byte Page = 8;

    private readonly SharedSlots _slots;
    private readonly ParkedThreads _sleep;
    private readonly List<Thread> _threads = [];
    private int _prepared;

    public FakeProcessors(SharedSlots slots)
    {
        _slots = slots;
        _sleep = new ParkedThreads(slots.Count + 1);
    }

    /// <summary>From which start-up interrupt on a processor rises; 1 unless it is here, never when 0.</summary>
    public Dictionary<uint, int> RisesAt { get; } = [];

    public HashSet<uint> NotAddressable { get; } = [];

    public HashSet<uint> Deaf { get; } = [];

    /// <summary>Called with the core's number when its state was prepared.</summary>
    public Action<int>? Prepared { get; set; }

    public int MemoryFor { get; set; } = int.MaxValue;

    public List<uint> Inits { get; } = [];

    public List<uint> StartUps { get; } = [];

    /// <summary>For each processor that rose and found a state: whether it was accepted.</summary>
    public Dictionary<uint, bool> Decided { get; } = [];

    public StartReport Start()
    {
        var report = new StartReport();
        CoreStarter.Start(_slots.Slots, _slots.Count, this, _sleep, _slots.SlotOfCore, report);
        WaitForThreads();
        return report;
    }

    public uint[] IdsByNumber(StartReport report)
    {
        uint[] ids = new uint[report.Online - 1];
        for (int core = 1; core < report.Online; core++)
        {
            ids[core - 1] = _slots.SlotOfCore[core]->ApicId;
        }

        return ids;
    }

    public void Rise(uint apicId)
    {
        var thread = new Thread(() =>
        {
            int core = Interlocked.Exchange(ref _prepared, 0);
            if (core == 0)
            {
                return;
            }

            _sleep.Become(core);
            bool accepted = CoreStarter.Answer(_slots.Slots, _slots.Count, apicId, core, _sleep) != null;
            lock (Decided)
            {
                Decided[apicId] = accepted;
            }
        });
        _threads.Add(thread);
        thread.Start();
    }

    public void WaitUntilTaken() => SpinWait.SpinUntil(() => Volatile.Read(ref _prepared) == 0);

    public void WaitForThreads()
    {
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    public override bool CanAddress(uint apicId) => !NotAddressable.Contains(apicId);

    public override bool SendInit(uint apicId)
    {
        Inits.Add(apicId);
        return !Deaf.Contains(apicId);
    }

    public override bool SendStartUp(uint apicId, byte page)
    {
        if (Deaf.Contains(apicId) || page != Page)
        {
            return false;
        }

        StartUps.Add(apicId);
        if (StartUps.Count(id => id == apicId) == RisesAt.GetValueOrDefault(apicId, 1))
        {
            Rise(apicId);
        }

        return true;
    }

    public override byte Prepare(int core)
    {
        if (core > MemoryFor)
        {
            return 0;
        }

        Volatile.Write(ref _prepared, core);
        Prepared?.Invoke(core);
        return Page;
    }

    public void Dispose() => _sleep.Dispose();
}
