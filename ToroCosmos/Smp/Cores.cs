using System;
using System.Diagnostics.CodeAnalysis;
using ToroCosmos.Acpi;
using ToroCosmos.MultiProcessor;
using ToroCosmos.Platform;
using ToroCosmos.Power;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <summary>
/// The cores of the machine, numbered densely: 0 is the one that booted, the others follow in the order of the
/// firmware's table. A core that runs no function sleeps.
/// </summary>
/// <remarks>
/// <see cref="Start"/>, <c>Run</c>, <see cref="RunOnAll(Action{int})"/> and <c>Join</c> are for the boot core; it is the
/// only one that hands out work. Members with <see cref="AnyCoreAttribute"/> may be called on any core. What a core runs
/// must obey the toolchain's rules for application processors.
/// </remarks>
public static unsafe partial class Cores
{
    private static CoreSlot* s_slots;
    private static int s_slotCount;
    private static CoreSlot** s_slotOfCore;
    private static Action<int>?[]? s_actions;
    private static HaltSleep? s_sleep;
    private static LendingSleep? s_lendingSleep;
    private static RisingSleep? s_risingSleep;
    private static StartReport? s_report;
    private static bool s_isStartedByKernel;
    private static WaitLengths s_lengths;
    private static int s_count;
    private static int s_expected;

    /// <summary>How many cores are online: 1 until <see cref="Start"/> has returned, and at least 1 then.</summary>
    [AnyCore]
    public static int Count => s_count == 0 ? 1 : s_count;

    /// <summary>
    /// <see cref="Count"/>, and before the cores are started how many the firmware lists. What asks once and remembers it
    /// asks for this.
    /// </summary>
    internal static int Expected
    {
        get
        {
            if (s_count == 0 && s_expected == 0)
            {
                s_expected = Math.Max(1, FindProcessors(new StartReport()).Count);
            }

            return s_count == 0 ? s_expected : s_count;
        }
    }

    /// <summary>The number of the core that runs this code.</summary>
    [AnyCore]
    public static int Current => Cpu.CurrentCore();

    /// <summary>How long a waiting core polls and pauses before it sleeps; see <see cref="Measurement.WaitMeasurement"/>.</summary>
    [AnyCore]
    public static WaitLengths Lengths
    {
        get => s_lengths;
        set => s_lengths = value;
    }

    /// <summary>How a core of this machine sleeps; null until <see cref="Start"/> was called.</summary>
    [AnyCore]
    public static CoreSleep? Sleep => s_sleep;

    /// <summary>
    /// Starts every processor that the firmware lists. To be called once, on the
    /// boot core, with the 8259 controllers masked and the interrupt table loaded; interrupts are enabled when it
    /// returns, if the machine has a local APIC. Where a thread was started before, the cores run already, and the report
    /// is that of their start.
    /// </summary>
    /// <returns>Who is online and who is not; a machine with one core is a success.</returns>
    public static StartReport Start()
    {
        if (s_isStartedByKernel)
        {
            throw new InvalidOperationException("Cores.Start was called before; it works once.");
        }

        s_isStartedByKernel = true;
        return StartOnce();
    }

    /// <summary>As <see cref="Start"/>, for what needs the cores whether or not the kernel has started them.</summary>
    internal static StartReport StartOnce() => s_report ??= StartAll();

    private static StartReport StartAll()
    {
        s_sleep = new HaltSleep(new MachineSleepPort(), ProcessorList.Maximum + 1);
        s_lendingSleep = new LendingSleep(s_sleep);
        s_risingSleep = new RisingSleep();
        s_lengths = WaitLengths.Default;
        var report = new StartReport();
        ProcessorList processors = FindProcessors(report);
        report.Found = Math.Max(1, processors.Count);
        report.Clock = TimestampRate.Status;
        report.Status = LocalApic.Initialize(processors.LargestApicId) switch
        {
            LocalApicStatus.Ok => StartStatus.Ok,
            LocalApicStatus.Missing => StartStatus.NoLocalApic,
            _ => StartStatus.LocalApicNotMapped,
        };
        if (report.Status == StartStatus.Ok)
        {
            LocalApicTimer.Calibrate();
            report.Timer = LocalApicTimer.Status;
            Cpu.EnableInterrupts();
            report.Status = processors.Count == 0
                ? StartStatus.NoProcessorTable
                : StartOthers(processors, s_sleep, report);
        }

        s_count = report.Online;
        report.ClockSkew = ClockComparison.Correct();
        return report;
    }

    /// <summary>The APIC id of a core.</summary>
    /// <param name="core">From 0, below <see cref="Count"/>.</param>
    public static uint ApicId(int core)
    {
        ThrowUnlessCore(core, 0);
        return s_slotOfCore == null ? LocalApic.Id : s_slotOfCore[core]->ApicId;
    }

    /// <summary>Runs a function on another core, which must not be running one.</summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    /// <param name="function">Called there with the core's number, with interrupts enabled.</param>
    public static void Run(int core, delegate*<int, void> function) => CoreMailbox.Post(IdleSlot(core), core, function, s_sleep!);

    /// <summary>Runs a function on another core, which must not be running one.</summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    /// <param name="function">Called there with the core's number, with interrupts enabled.</param>
    public static void Run(int core, Action<int> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        CoreSlot* slot = IdleSlot(core);
        s_actions![core] = function;
        CoreMailbox.Post(slot, core, &RunAction, s_sleep!);
    }

    /// <summary>Runs a function on every core, this one included, and returns when all have finished it.</summary>
    /// <param name="function">Called on each core with the core's number.</param>
    public static void RunOnAll(delegate*<int, void> function)
    {
        for (int core = 1; core < Count; core++)
        {
            Run(core, function);
        }

        Cpu.Call(function, 0);
        JoinAll();
    }

    /// <summary>Runs a function on every core, this one included, and returns when all have finished it.</summary>
    /// <param name="function">Called on each core with the core's number.</param>
    public static void RunOnAll(Action<int> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        for (int core = 1; core < Count; core++)
        {
            Run(core, function);
        }

        function(0);
        JoinAll();
    }

    /// <summary>Waits until a core has finished what it was given; returns at once when it has.</summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    public static void Join(int core) => _ = JoinUntil(core, TimeLimit.None);

    /// <summary>As the blocking form, up to a time limit.</summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 only looks, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>False when the time passed and the core was still running its function.</returns>
    public static bool Join(int core, ulong timeoutNs) => JoinUntil(core, TickScale.OfClock.DeadlineAfter(timeoutNs));

    /// <summary>Looks whether a core has finished what it was given.</summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    /// <returns>False when the core is still running its function.</returns>
    public static bool TryJoin(int core) => JoinUntil(core, 0);

    /// <summary>Waits until every other core has finished what it was given.</summary>
    public static void JoinAll() => _ = JoinAllUntil(TimeLimit.None);

    /// <summary>As the blocking form, up to a time limit.</summary>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 only looks, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>False when the time passed and a core was still running its function.</returns>
    public static bool JoinAll(ulong timeoutNs) => JoinAllUntil(TickScale.OfClock.DeadlineAfter(timeoutNs));

    /// <summary>Looks whether every other core has finished what it was given.</summary>
    /// <returns>False when a core is still running its function.</returns>
    public static bool TryJoinAll() => JoinAllUntil(0);

    /// <summary>Sends an interrupt to a core, this one or another.</summary>
    /// <param name="core">From 0, below <see cref="Count"/>.</param>
    /// <param name="vector">Which, from <see cref="Interrupts.FirstVector"/>.</param>
    /// <returns>False when there is no such core, or when the local APIC does not send it.</returns>
    [AnyCore]
    public static bool SendInterrupt(int core, byte vector) => Send(core, vector) == SendStatus.Sent;

    [AnyCore]
    internal static SendStatus Send(int core, byte vector)
    {
        // While cores are started, the next one has a slot but no place in the count.
        CoreSlot** slots = s_slotOfCore;
        if (slots == null && core == 0 && LocalApic.IsReady)
        {
            return LocalApic.SendVector(LocalApic.Id, vector);
        }

        return slots == null || core < 0 || core > s_slotCount || slots[core] == null
            ? SendStatus.NoSuchCore
            : LocalApic.SendVector(slots[core]->ApicId, vector);
    }

    /// <summary>Ends this core's work: it halts for ever, but still handles interrupts.</summary>
    [AnyCore]
    [DoesNotReturn]
    public static void Park()
    {
        while (true)
        {
            Cpu.EnableInterruptsAndHalt();
        }
    }

    /// <summary>
    /// For a panic: interrupts all other cores that are online with an NMI, whose handler halts them. Allocates nothing
    /// and works on any core and in any state; does nothing on a machine without a local APIC.
    /// </summary>
    [AnyCore]
    public static void StopOthers()
    {
        CoreSlot** slots = s_slotOfCore;
        if (slots == null)
        {
            return;
        }

        // Not with the broadcast: a processor that is parked in the start-up code has no handler, and an NMI there
        // would reset the machine.
        uint self = LocalApic.Id;
        for (int core = 0; core <= s_slotCount; core++)
        {
            CoreSlot* slot = slots[core];
            if (slot != null && slot->Decision == CoreSlot.Accepted && slot->ApicId != self)
            {
                LocalApic.SendNmi(slot->ApicId);
            }
        }
    }

    /// <summary>The processors that ACPI lists or, where it lists none, the older MultiProcessor tables.</summary>
    private static ProcessorList FindProcessors(StartReport report)
    {
        report.Acpi = MachineTables.Find(out AcpiTables? tables);
        if (tables != null)
        {
            if (!AcpiPower.IsPrepared)
            {
                // A toolchain that does not boot the machine itself has nothing that prepares it earlier.
                AcpiPower.Prepare(tables);
            }

            Madt madt = Madt.Read(tables);
            report.Acpi = madt.Status;
            if (madt.Processors.Count > 0)
            {
                return madt.Processors;
            }
        }

        MpConfiguration configuration = MpConfiguration.Read(new FirmwareMemory());
        report.MultiProcessor = configuration.Status;
        return configuration.Processors;
    }

    private static StartStatus StartOthers(ProcessorList processors, CoreSleep sleep, StartReport report)
    {
        uint self = LocalApic.Id;
        int others = 0;
        for (int i = 0; i < processors.Count; i++)
        {
            others += processors.ApicId(i) == self ? 0 : 1;
        }

        report.Found = others + 1;
        s_slots = (CoreSlot*)PhysicalMemory.Allocate((nuint)(others + 1) * CoreSlot.Bytes, CoreSlot.Alignment);
        s_slotOfCore = (CoreSlot**)PhysicalMemory.Allocate((nuint)(others + 1) * (nuint)sizeof(nint), CoreSlot.Alignment);
        if (s_slots == null || s_slotOfCore == null)
        {
            s_slotOfCore = null;
            return StartStatus.NoMemory;
        }

        s_actions = new Action<int>?[others + 1];
        s_slots[0].ApicId = self;
        s_slots[0].Decision = CoreSlot.Accepted;
        s_slotOfCore[0] = s_slots;
        int next = 1;
        for (int i = 0; i < processors.Count; i++)
        {
            if (processors.ApicId(i) != self)
            {
                s_slots[next++].ApicId = processors.ApicId(i);
            }
        }

        s_slotCount = others;
        CoreStarter.Start(s_slots + 1, others, new MachineStartUpPort(&Enter), sleep, s_slotOfCore, report);
        return StartStatus.Ok;
    }

    /// <summary>The first C# of each other core, with interrupts disabled.</summary>
    [AnyCore]
    private static void Enter(int core)
    {
        LocalApic.EnableThisCore();
        CoreSlot* slot = CoreStarter.Answer(s_slots + 1, s_slotCount, LocalApic.Id, core, s_risingSleep!);
        if (slot == null)
        {
            LocalApic.DisableThisCore();
            Park();
        }

        CoreSleep sleep = s_lendingSleep!;
        while (true)
        {
            // Each function begins with interrupts enabled, however the one before left them.
            Cpu.EnableInterrupts();
            CoreMailbox.ServeOne(slot, core, sleep, s_lengths);
        }
    }

    private static bool JoinUntil(int core, ulong deadline)
    {
        CoreSlot* slot = Slot(core);
        return !CoreMailbox.IsBusy(slot)
            || (deadline != 0 && CoreMailbox.WaitUntilFinished(slot, s_sleep!, s_lengths, deadline));
    }

    private static bool JoinAllUntil(ulong deadline)
    {
        for (int core = 1; core < Count; core++)
        {
            if (!JoinUntil(core, deadline))
            {
                return false;
            }
        }

        return true;
    }

    private static void RunAction(int core) => s_actions![core]!(core);

    private static CoreSlot* IdleSlot(int core)
    {
        CoreSlot* slot = Slot(core);
        if (CoreMailbox.IsBusy(slot))
        {
            throw new InvalidOperationException("The core still runs a function; join it before it gets another.");
        }

        return slot;
    }

    private static CoreSlot* Slot(int core)
    {
        ThrowUnlessCore(core, 1);
        if (Current != 0)
        {
            throw new InvalidOperationException("Only the boot core hands out work and waits for it.");
        }

        return s_slotOfCore[core];
    }

    private static void ThrowUnlessCore(int core, int first)
    {
        if (core < first || core >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(core), core, "There is no such core, or it is not for this call.");
        }
    }
}
