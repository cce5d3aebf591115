using ToroCosmos.KernelSuites;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.SoakKernel;

/// <summary>Every core to every core for a time, with progress on the way and a reckoning at the end.</summary>
internal sealed unsafe class Soak
{
    private const uint ProgressSeconds = 5;

    // A core that has not stopped so long after the end hangs, and what it was sent is lost.
    private const uint GraceSeconds = 10;

    // With more, only bad links have a line.
    private const int MaximumCoresInFull = 8;

    private static Soak? s_current;

    private readonly MessageBus _bus;
    private readonly CountingSleep _sleep;
    private readonly SoakCore[] _cores;
    private readonly TextLine _line = new();
    private readonly uint _seconds;
    private ulong _begin;

    private Soak(MessageBus bus, CountingSleep sleep, SoakOptions options)
    {
        _bus = bus;
        _sleep = sleep;
        _seconds = options.Seconds;
        _cores = new SoakCore[bus.Cores];
        for (int core = 0; core < _cores.Length; core++)
        {
            // Core 1 is the one with the fault: the others must notice.
            _cores[core] = new SoakCore(bus, core, options.Seed, core == 1 ? options.Fault : SoakFault.None);
        }
    }

    /// <summary>Builds the bus; null when there is not enough memory.</summary>
    public static Soak? Create(SoakOptions options)
    {
        var sizes = new BusOptions
        {
            QueueSize = 16,
            BufferSize = SoakMessages.MaximumCopiedBytes,
            Waiting = Cores.Lengths,
            Lendable = new MachineMemory(),
            Checks = options.Checks,
        };
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, sizes);
        byte* memory = PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        if (memory == null)
        {
            return null;
        }

        var sleep = new CountingSleep(Cores.Sleep!, Cores.Count);
        return new Soak(new MessageBus(memory, bytes, Cores.Count, sleep, sizes), sleep, options);
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>Whether every message arrived once, whole and in order.</returns>
    public bool Run()
    {
        s_current = this;
        Cores.RunOnAll(core => s_current!._cores[core].Initialize());
        _begin = Clock.Now;
        Cores.RunOnAll(core => s_current!.Work(core));
        return Report();
    }

    private void Work(int core)
    {
        SoakCore self = _cores[core];
        ulong end = _begin + (_seconds * Clock.TicksPerSecond);
        ulong progress = _begin + (ProgressSeconds * Clock.TicksPerSecond);
        for (ulong now = _begin; now < end; now = Clock.Now)
        {
            self.Step();
            if (core == 0 && now >= progress)
            {
                progress += ProgressSeconds * Clock.TicksPerSecond;
                PrintProgress(now);
            }
        }

        self.Stop();
        end += GraceSeconds * Clock.TicksPerSecond;
        bool hasStopped = false;
        while (!hasStopped && Clock.Now < end)
        {
            // What a core sent before it stopped is there when it is seen to have stopped.
            hasStopped = HaveAllStopped();
            self.Drain();
            Cpu.Pause();
        }
    }

    private bool HaveAllStopped()
    {
        foreach (SoakCore core in _cores)
        {
            if (!core.HasStopped)
            {
                return false;
            }
        }

        return true;
    }

    private void PrintProgress(ulong now)
    {
        _line.Append("soak: "u8).Append((now - _begin) / Clock.TicksPerSecond).Append(" s"u8);
        PrintCounts(Sum());
    }

    private bool Report()
    {
        bool isGood = true;
        for (int receiver = 0; receiver < _cores.Length; receiver++)
        {
            for (int sender = 0; sender < _cores.Length; sender++)
            {
                if (sender != receiver)
                {
                    isGood &= ReportLink(sender, receiver);
                }
            }
        }

        for (int core = 0; core < _cores.Length; core++)
        {
            if (_cores[core].Failure != BusStatus.Ok || !_cores[core].HasStopped)
            {
                isGood = false;
                _line.Append("Core["u8).Append(core).Append("] met status "u8).Append((int)_cores[core].Failure).Print();
            }
        }

        SoakCounts sum = Sum();
        isGood &= sum is { Lost: 0, Corrupt: 0, OutOfOrder: 0 } && sum.Received == sum.Sent;
        _line.Append(isGood ? "soak passed"u8 : "soak FAILED"u8);
        PrintCounts(sum);
        return isGood;
    }

    private bool ReportLink(int sender, int receiver)
    {
        uint sent = _cores[sender].To(receiver).Sent;
        _cores[receiver].From(sender).End(sent);
        LinkReport report = _bus.InspectLink(sender, receiver);
        bool isGood = sent > 0 && report.State == LinkState.Ready;
        if (!isGood || _cores.Length <= MaximumCoresInFull)
        {
            _line.AppendLink(sender, receiver, report).Append(", "u8).Append(sent).Append(" sent"u8).Print();
        }

        return isGood;
    }

    private SoakCounts Sum()
    {
        var sum = new SoakCounts();
        foreach (SoakCore core in _cores)
        {
            sum.Add(core.Counts);
        }

        return sum;
    }

    private void PrintCounts(SoakCounts counts)
    {
        _line.Append(": "u8).Append(counts.Sent).Append(" sent, "u8).Append(counts.Received).Append(" received, "u8)
            .Append(counts.Lost).Append(" lost, "u8).Append(counts.Corrupt).Append(" corrupt, "u8)
            .Append(counts.OutOfOrder).Append(" out of order, "u8).Append(_sleep.Sleeps).Append(" sleeps, "u8)
            .Append(_sleep.Wakes).Append(" wake-ups"u8).Print();
    }
}
