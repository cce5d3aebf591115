using System;
using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.KernelSuites;

/// <summary>The cores: who runs, what each has of its own, and how work gets to them.</summary>
internal static unsafe class SmpSuite
{
    private const int MaximumCores = Madt.MaximumProcessors;
    private const byte Vector = 0x41;
    private const byte RelayVector = 0x42;
    private const byte AnswerVector = 0x43;
    private const int Rounds = 200;

    private static readonly ulong[] s_stacks = new ulong[MaximumCores];
    private static readonly int[] s_calls = new int[MaximumCores];
    private static readonly int[] s_interrupts = new int[MaximumCores];
    private static int s_isReleased;
    private static int s_answers;

    [KernelTest]
    internal static void Every_processor_that_the_firmware_lists_is_online()
    {
        StartReport report = KernelTestRunner.Started!;
        Check.Equal((int)StartStatus.Ok, (int)report.Status);
        Check.Equal(0, report.Failures.Count);
        Check.Equal(report.Found, Cores.Count);
        Check.Equal(report.Online, Cores.Count);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_runs_under_its_own_number(int core)
    {
        Check.Equal(core, Cores.Current);
        Check.Equal(LocalApic.Id, Cores.ApicId(core));
    }

    [KernelTest(On = KernelTestCores.Last)]
    internal static void The_last_core_runs_a_test(int core) => Check.Equal(Cores.Count - 1, core);

    [KernelTest(Core = 1)]
    internal static void Core_1_runs_a_test(int core) => Check.Equal(1, core);

    [KernelTest(MinimumCores = 2)]
    internal static void Apic_ids_are_different()
    {
        for (int core = 1; core < Cores.Count; core++)
        {
            for (int other = 0; other < core; other++)
            {
                Check.That(Cores.ApicId(core) != Cores.ApicId(other));
            }
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Every_core_has_a_stack_of_its_own()
    {
        const ulong SmallestStack = 64 * 1024;

        // The first use of the fields, whose initialization must not run on two cores at once under IL2CPU.
        Array.Clear(s_stacks);
        Cores.RunOnAll(&NoteStack);
        for (int core = 1; core < Cores.Count; core++)
        {
            for (int other = 0; other < core; other++)
            {
                ulong apart = s_stacks[core] > s_stacks[other] ? s_stacks[core] - s_stacks[other] : s_stacks[other] - s_stacks[core];
                Check.That(apart >= SmallestStack);
            }
        }
    }

    [KernelTest]
    internal static void Run_on_all_calls_every_core_once()
    {
        Array.Clear(s_calls, 0, MaximumCores);
        Cores.RunOnAll(&CountCall);
        Cores.RunOnAll(core => s_calls[core]++);
        for (int core = 0; core < Cores.Count; core++)
        {
            Check.Equal(2, s_calls[core]);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Join_waits_for_the_core()
    {
        for (int core = 1; core < Cores.Count; core++)
        {
            s_calls[core] = 0;
            Cores.Run(core, &CountCallLate);
            Cores.Join(core);
            Check.Equal(1, s_calls[core]);
            Cores.Join(core);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_join_with_a_time_limit_gives_up_in_time_and_succeeds_when_the_core_is_done()
    {
        int last = Cores.Count - 1;
        Volatile.Write(ref s_isReleased, 0);
        Cores.Run(last, &WaitForRelease);
        Check.That(!Cores.TryJoin(last));
        Check.That(!Cores.Join(last, 0));
        Check.That(!Cores.TryJoinAll());
        TimedWait.CheckEnds(&JoinTheLast, 0);
        TimedWait.CheckEnds(&JoinThemAll, 0);
        Volatile.Write(ref s_isReleased, 1);
        Check.That(Cores.Join(last, TimedWait.PatienceNs));
        Check.That(Cores.TryJoin(last));
        Check.That(Cores.Join(last, TimeLimit.None));
        Check.That(Cores.TryJoinAll());
        Check.That(Cores.JoinAll(0));
        Check.That(Cores.JoinAll(TimeLimit.None));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_busy_core_takes_no_second_function()
    {
        Volatile.Write(ref s_isReleased, 0);
        Cores.Run(1, &WaitForRelease);
        bool refused = Catch.Throws<InvalidOperationException>(&RunOnCore1);
        Volatile.Write(ref s_isReleased, 1);
        Cores.Join(1);
        Check.That(refused);

        static void RunOnCore1(int self) => Cores.Run(1, &CountCall);
    }

    [KernelTest]
    internal static void Work_for_a_core_that_does_not_exist_is_refused()
    {
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&RunOnOneMore));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&RunOnBootCore));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&RunOnNegative));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&AskForOneMore));

        static void RunOnOneMore(int self) => Cores.Run(Cores.Count, &CountCall);
        static void RunOnBootCore(int self) => Cores.Run(0, &CountCall);
        static void RunOnNegative(int self) => Cores.Run(-1, &CountCall);
        static void AskForOneMore(int self) => Cores.ApicId(Cores.Count);
    }

    [KernelTest]
    internal static void An_interrupt_reaches_the_core_it_is_sent_to_and_no_other()
    {
        Interrupts.SetHandler(Vector, &CountInterrupt);
        for (int target = 0; target < Cores.Count; target++)
        {
            Array.Clear(s_interrupts, 0, MaximumCores);
            Check.That(Cores.SendInterrupt(target, Vector));
            ulong deadline = Clock.Now + TimedWait.Patience;
            while (Volatile.Read(ref s_interrupts[target]) == 0 && Clock.Now < deadline)
            {
                Cpu.Pause();
            }

            for (int core = 0; core < Cores.Count; core++)
            {
                Check.Equal(core == target ? 1 : 0, Volatile.Read(ref s_interrupts[core]));
            }
        }

        Interrupts.SetHandler(Vector, null);
    }

    [KernelTest]
    internal static void A_handler_is_set_for_no_vector_but_those_of_software()
    {
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&SetTimer));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&SetWake));
        Check.That(Catch.Throws<ArgumentOutOfRangeException>(&SetSpurious));

        static void SetTimer(int self) => Interrupts.SetHandler(Interrupts.FirstVector - 1, &CountInterrupt);
        static void SetWake(int self) => Interrupts.SetHandler(Interrupts.WakeVector, &CountInterrupt);
        static void SetSpurious(int self) => Interrupts.SetHandler(Interrupts.SpuriousVector, &CountInterrupt);
    }

    [KernelTest]
    internal static void An_interrupt_for_a_core_that_does_not_exist_is_not_sent()
    {
        Check.That(!Cores.SendInterrupt(Cores.Count, Vector));
        Check.That(!Cores.SendInterrupt(-1, Vector));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void An_interrupt_without_a_handler_is_acknowledged(int core)
    {
        for (int i = 0; i < Rounds; i++)
        {
            Check.That(Cores.SendInterrupt(core, Vector));
        }
    }

    [KernelTest(MinimumCores = 3)]
    internal static void A_handler_that_sends_interrupts_redirects_none_of_the_code_it_interrupts()
    {
        // Core 1 sends to core 2 all the time, and to core 0 from a handler that core 0 provokes.
        Interrupts.SetHandler(Vector, &CountInterrupt);
        Interrupts.SetHandler(RelayVector, &AnswerTheBootCore);
        Interrupts.SetHandler(AnswerVector, &CountAnswer);
        Array.Clear(s_interrupts, 0, MaximumCores);
        Volatile.Write(ref s_answers, 0);
        Volatile.Write(ref s_isReleased, 0);
        Cores.Run(1, &SendToCore2UntilReleased);
        bool answered = true;
        for (int round = 1; round <= Rounds && answered; round++)
        {
            Check.That(Cores.SendInterrupt(1, RelayVector));
            ulong deadline = Clock.Now + TimedWait.Patience;
            while (Volatile.Read(ref s_answers) < round && Clock.Now < deadline)
            {
                Cpu.Pause();
            }

            answered = Check.Equal(round, Volatile.Read(ref s_answers));
        }

        Volatile.Write(ref s_isReleased, 1);
        Cores.Join(1);
        Check.Equal(0, Volatile.Read(ref s_interrupts[0]));
        Check.Equal(0, Volatile.Read(ref s_interrupts[1]));
        Check.That(Volatile.Read(ref s_interrupts[2]) > 0);
        Interrupts.SetHandler(AnswerVector, null);
        Interrupts.SetHandler(RelayVector, null);
        Interrupts.SetHandler(Vector, null);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_sleep_leaves_interrupts_disabled_where_they_were(int core)
    {
        if (!Check.That(LocalApicTimer.IsUsable))
        {
            return;
        }

        CoreSleep sleep = Cores.Sleep!;
        Cpu.DisableInterrupts();
        sleep.Begin();
        sleep.Cancel();
        bool afterCancel = Cpu.AreInterruptsEnabled();
        sleep.Begin();
        sleep.Sleep(Clock.Now + TickMath.FromMicroseconds(1000));
        bool afterSleep = Cpu.AreInterruptsEnabled();

        // This wake-up of its own stays pending until the halt, which it ends: there is nothing else that would.
        sleep.Begin();
        sleep.Wake(core);
        sleep.Sleep(ulong.MaxValue);
        bool afterWake = Cpu.AreInterruptsEnabled();
        Cpu.EnableInterrupts();
        Check.That(!afterCancel && !afterSleep && !afterWake);
        sleep.Begin();
        sleep.Sleep(Clock.Now + TickMath.FromMicroseconds(1000));
        Check.That(Cpu.AreInterruptsEnabled());
        sleep.Begin();
        sleep.Cancel();
        Check.That(Cpu.AreInterruptsEnabled());
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_begins_each_function_with_interrupts_enabled()
    {
        Cores.Run(1, &LeaveInterruptsDisabled);
        Cores.Join(1);
        Cores.Run(1, &NoteInterrupts);
        Cores.Join(1);
        Check.Equal(1, s_calls[1]);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Cores_sleep_and_wake_many_times()
    {
        WaitLengths lengths = Cores.Lengths;

        // Without polling, every wait is a halt that another core's interrupt has to end.
        Cores.Lengths = new WaitLengths(0, 0);
        Array.Clear(s_calls, 0, MaximumCores);
        for (int round = 0; round < Rounds; round++)
        {
            Cores.RunOnAll(&CountCall);
        }

        Cores.Lengths = lengths;
        for (int core = 0; core < Cores.Count; core++)
        {
            Check.Equal(Rounds, s_calls[core]);
        }
    }

    private static void JoinTheLast(int core) => Check.That(!Cores.Join(Cores.Count - 1, TimedWait.Nanoseconds));

    private static void JoinThemAll(int core) => Check.That(!Cores.JoinAll(TimedWait.Nanoseconds));

    private static void NoteStack(int core)
    {
        int local;
        s_stacks[core] = (ulong)&local;
    }

    private static void CountCall(int core) => s_calls[core]++;

    private static void CountCallLate(int core)
    {
        ulong deadline = Clock.Now + TickMath.FromMicroseconds(1000);
        while (Clock.Now < deadline)
        {
            Cpu.Pause();
        }

        s_calls[core]++;
    }

    private static void WaitForRelease(int core)
    {
        while (Volatile.Read(ref s_isReleased) == 0)
        {
            Cpu.Pause();
        }
    }

    private static void SendToCore2UntilReleased(int core)
    {
        const int TurnSends = 64;
        while (Volatile.Read(ref s_isReleased) == 0)
        {
            for (int i = 0; i < TurnSends; i++)
            {
                Cores.SendInterrupt(2, Vector);
            }

            // Where all cores share one thread of an emulator, the others have their turn now.
            Cpu.Pause();
        }
    }

    private static void AnswerTheBootCore(byte vector)
    {
        Cores.SendInterrupt(0, AnswerVector);
        LocalApic.EndOfInterrupt();
    }

    private static void CountAnswer(byte vector)
    {
        Volatile.Write(ref s_answers, s_answers + 1);
        LocalApic.EndOfInterrupt();
    }

    private static void LeaveInterruptsDisabled(int core) => Cpu.DisableInterrupts();

    private static void NoteInterrupts(int core) => s_calls[core] = Cpu.AreInterruptsEnabled() ? 1 : 0;

    private static void CountInterrupt(byte vector)
    {
        int core = Cpu.CurrentCore();
        Volatile.Write(ref s_interrupts[core], s_interrupts[core] + 1);
        LocalApic.EndOfInterrupt();
    }
}
