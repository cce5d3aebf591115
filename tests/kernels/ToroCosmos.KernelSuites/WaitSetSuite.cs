using System;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>Real cores that wait for several things at once: messages, signals, interrupts, other cores, a limit.</summary>
internal static unsafe class WaitSetSuite
{
    private const byte Vector = 0x45;
    private const int Rounds = 200;
    private const int Timer = 0x320;
    private const int TimerCount = 0x380;

    /// <summary>Without polling, every wait is a halt.</summary>
    private static readonly WaitLengths s_haltAtOnce = new(0, 0);

    private static WaitSet[] s_sets = [];
    private static CoreSignal[] s_signals = [];
    private static InterruptingSource[] s_interrupting = [];
    private static readonly byte[][] s_messages = [[], new byte[1], new byte[1]];
    private static int s_isReleased;

    [KernelTest(MinimumCores = 3)]
    internal static void A_core_serves_two_senders_and_a_signal_from_one_wait()
    {
        if (!BusRig.Build(queueSize: 4, waiting: s_haltAtOnce) || !CreateSignals(setterOf0: 2))
        {
            return;
        }

        BusEndpoint end = BusRig.End(0);
        WaitSet set = new(0, 3, BusRig.Sleep, s_haltAtOnce);
        Expect(WaitStatus.Ok, set.Add(end.MessagesFrom(1)));
        Expect(WaitStatus.Ok, set.Add(end.MessagesFrom(2)));
        Expect(WaitStatus.Ok, set.Add(s_signals[0]));
        Cores.Run(1, &SendAll);
        Cores.Run(2, &SendAll);
        int[] served = new int[3];
        byte[] message = new byte[8];
        while (served[0] < Rounds || served[1] < Rounds || served[2] < Rounds)
        {
            if (!Expect(WaitStatus.Ok, set.Wait(TimedWait.PatienceNs, out WaitSource? source)))
            {
                break;
            }

            if (source == s_signals[0])
            {
                served[0] += (int)s_signals[0].Take();
                continue;
            }

            int sender = source == end.MessagesFrom(1) ? 1 : 2;
            BusRig.Expect(BusStatus.Ok, end.TryRecvFrom(sender, message, out int length));
            Check.Equal(1, length);
            Check.Equal((byte)served[sender]++, message[0]);
        }

        Cores.JoinAll();
        Check.Equal(Rounds, served[0]);
        Check.Equal(Rounds, served[1]);
        Check.Equal(Rounds, served[2]);
        Expect(WaitStatus.NoNews, set.TryWait(out _));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Two_cores_that_halt_wake_each_other_by_signals()
    {
        if (CreateSignals(setterOf0: 1))
        {
            CreateSets();
            Cores.Run(1, &AnswerSignals);
            for (int i = 0; i < Rounds; i++)
            {
                s_signals[1].Set();
                if (!Expect(WaitStatus.Ok, s_sets[0].Wait(TimedWait.PatienceNs, out _)))
                {
                    break;
                }

                Check.Equal(1u, s_signals[0].Take());
            }

            Cores.Join(1);
        }
    }

    [KernelTest]
    internal static void A_wait_with_a_limit_ends_in_time_on_every_core()
    {
        if (Check.That(LocalApicTimer.IsUsable) && CreateSignals(setterOf0: 0))
        {
            CreateSets();
            Cores.RunOnAll(&WaitInVain);
        }
    }

    [KernelTest]
    internal static void An_interrupt_in_each_window_of_a_wait_ends_it_on_every_core()
    {
        if (!CreateOwnSignals())
        {
            return;
        }

        CreateSets();
        s_interrupting = new InterruptingSource[Cores.Count];
        for (int core = 0; core < Cores.Count; core++)
        {
            s_interrupting[core] = new InterruptingSource(core, Vector);

            // Behind the signal: what comes as this one is asked comes after the last look at the signal.
            Expect(WaitStatus.Ok, s_sets[core].Add(s_interrupting[core]));
        }

        Interrupts.SetHandler(Vector, &SetSignal);
        Cores.RunOnAll(&InterruptInEachWindow);
        Interrupts.SetHandler(Vector, null);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void An_interrupt_from_elsewhere_ends_a_wait_whenever_it_comes()
    {
        if (!CreateOwnSignals())
        {
            return;
        }

        CreateSets();
        Interrupts.SetHandler(Vector, &SetSignal);
        Volatile.Write(ref s_isReleased, 0);
        Cores.Run(1, &InterruptTheBootCore);
        for (int i = 0; i < Rounds; i++)
        {
            Volatile.Write(ref s_isReleased, i + 1);
            ulong begin = Clock.Now;
            Expect(WaitStatus.Ok, s_sets[0].Wait(4 * TimedWait.PatienceNs, out _));
            Check.That(Clock.Now - begin < 2 * TimedWait.Patience, "the limit ended it");
            Check.Equal(1u, s_signals[0].Take());
        }

        Cores.Join(1);
        Interrupts.SetHandler(Vector, null);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_timer_interrupt_sets_a_signal_that_a_halted_core_waits_for()
    {
        if (Interrupts.IsLocalApicTaken() || !Check.That(LocalApicTimer.IsUsable) || !CreateOwnSignals())
        {
            // The boot core's timer may be a scheduler's, which a test must not take.
            return;
        }

        // Where there are threads, the boot core's timer is theirs; a core that runs a function has its own.
        CreateSets();
        Interrupts.SetHandler(Vector, &SetSignal);
        Cores.Run(1, &WaitForTimer);
        Cores.Join(1);
        Interrupts.SetHandler(Vector, null);
    }

    [KernelTest(MinimumCores = 3)]
    internal static void The_boot_core_waits_for_whichever_core_finishes_first()
    {
        WaitSet set = Cores.CreateWaitSet(0, Cores.Count);
        Expect(WaitStatus.Ok, set.Add(Cores.Idle(1)));
        Expect(WaitStatus.Ok, set.Add(Cores.Idle(2)));
        Volatile.Write(ref s_isReleased, 0);
        Cores.Run(1, &WaitForRelease);
        Cores.Run(2, &DoNothing);
        Expect(WaitStatus.Ok, set.Wait(out WaitSource? source));
        Check.That(source == Cores.Idle(2));
        Expect(WaitStatus.Ok, set.Remove(Cores.Idle(2)));
        Expect(WaitStatus.NoNews, set.TryWait(out _));
        Volatile.Write(ref s_isReleased, 1);
        Expect(WaitStatus.Ok, set.Wait(out source));
        Check.That(source == Cores.Idle(1));
        Cores.JoinAll();
    }

    [KernelTest]
    internal static void Sets_signals_and_sources_of_cores_that_do_not_exist_are_refused()
    {
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&CreateSetOfOneMore));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&CreateEmptySet));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&CreateSignalFromOneMore));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&CreateSignalToNegative));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&AskForBootCore));

        static void CreateSetOfOneMore(int self) => Cores.CreateWaitSet(Cores.Count, 1);
        static void CreateEmptySet(int self) => Cores.CreateWaitSet(0, 0);
        static void CreateSignalFromOneMore(int self) => Cores.CreateSignal(0, Cores.Count);
        static void CreateSignalToNegative(int self) => Cores.CreateSignal(-1, 0);
        static void AskForBootCore(int self) => Cores.Idle(0);
    }

    /// <summary>A signal to each core from its own handler.</summary>
    private static bool CreateOwnSignals() => CreateSignals(isOwn: true, setterOf0: 0);

    /// <summary>A signal to each core: to core 0 from one, to the others from core 0.</summary>
    private static bool CreateSignals(int setterOf0) => CreateSignals(isOwn: false, setterOf0);

    private static bool CreateSignals(bool isOwn, int setterOf0)
    {
        s_signals = new CoreSignal[Cores.Count];
        for (int core = 0; core < Cores.Count; core++)
        {
            CoreSignal? signal = Cores.CreateSignal(core, isOwn ? core : core == 0 ? setterOf0 : 0);
            if (!Check.That(signal != null))
            {
                return false;
            }

            s_signals[core] = signal!;
        }

        return true;
    }

    /// <summary>A set for each core with its signal in it, that halts at once.</summary>
    private static void CreateSets()
    {
        s_sets = new WaitSet[Cores.Count];
        for (int core = 0; core < Cores.Count; core++)
        {
            s_sets[core] = new WaitSet(core, 2, Cores.Sleep!, s_haltAtOnce);
            Expect(WaitStatus.Ok, s_sets[core].Add(s_signals[core]));
        }
    }

    private static void SendAll(int core)
    {
        // Made by the boot core: others may not allocate in every toolchain.
        byte[] message = s_messages[core];
        for (int i = 0; i < Rounds; i++)
        {
            message[0] = (byte)i;
            BusRig.Expect(BusStatus.Ok, BusRig.End(core).SendTo(0, message));
            if (core == 2)
            {
                s_signals[0].Set();
            }
        }
    }

    private static void AnswerSignals(int core)
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (!Expect(WaitStatus.Ok, s_sets[core].Wait(TimedWait.PatienceNs, out _)))
            {
                return;
            }

            Check.Equal(1u, s_signals[core].Take());
            s_signals[0].Set();
        }
    }

    private static void WaitInVain(int core) => TimedWait.CheckEnds(&WaitInVainOnce, core);

    private static void WaitInVainOnce(int core) =>
        Expect(WaitStatus.TimedOut, s_sets[core].Wait(TimedWait.Microseconds * 1000UL, out _));

    private static void InterruptInEachWindow(int core)
    {
        // Before the sleep begins; between its beginning and the last look; between that look and the halt.
        const int Windows = 3;
        for (int round = 0; round < Rounds; round++)
        {
            for (int window = 1; window <= Windows; window++)
            {
                s_interrupting[core].InterruptAt(window);
                ulong begin = Clock.Now;
                Expect(WaitStatus.Ok, s_sets[core].Wait(4 * TimedWait.PatienceNs, out WaitSource? source));
                Check.That(source == s_signals[core]);
                Check.Equal(1u, s_signals[core].Take());
                if (!Check.That(s_interrupting[core].Asks >= window, "the interrupt was not sent")
                    || !Check.That(Clock.Now - begin < 2 * TimedWait.Patience, "the limit ended it"))
                {
                    return;
                }
            }
        }
    }

    private static void InterruptTheBootCore(int core)
    {
        for (int i = 0; i < Rounds; i++)
        {
            while (Volatile.Read(ref s_isReleased) <= i)
            {
                Cpu.Pause();
            }

            for (int delay = 0; delay < i; delay++)
            {
                Volatile.Read(ref s_isReleased);
            }

            Check.That(Cores.SendInterrupt(0, Vector));
        }
    }

    private static void WaitForRelease(int core)
    {
        while (Volatile.Read(ref s_isReleased) == 0)
        {
            Cpu.Pause();
        }
    }

    private static void DoNothing(int core)
    {
    }

    private static void WaitForTimer(int core)
    {
        LocalApicTimer.Arm(Clock.TicksPerSecond);
        LocalApic.Write(Timer, Vector);
        for (uint i = 0; i < Rounds; i++)
        {
            // From before the wait begins to after it sleeps. There is no other limit: the timer has this one.
            LocalApic.Write(TimerCount, 1 + (i * 16));
            Expect(WaitStatus.Ok, s_sets[core].Wait(out WaitSource? source));
            Check.That(source == s_signals[core]);
            Check.Equal(1u, s_signals[core].Take());
        }

        LocalApic.Write(TimerCount, 0);
    }

    private static void SetSignal(byte vector)
    {
        s_signals[Cpu.CurrentCore()].Set();
        LocalApic.EndOfInterrupt();
    }

    private static bool Expect(
        WaitStatus expected,
        WaitStatus actual,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Check.Equal((long)expected, (long)actual, null, expression, file, line);
}
