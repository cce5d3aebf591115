using System;
using System.Threading;
using Cosmos.Core;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// Interrupts on the boot core, where Cosmos' handlers run: Cosmos' heap enables them at each allocation, and its network
/// stack waits for the timer in handlers because of that.
/// </summary>
internal static unsafe class HandlerSuite
{
    private const byte LowVector = 0x41;
    private const byte HighVector = 0x91;
    private const int Rounds = 2000;
    private const ulong NanosecondsInSecond = 1_000_000_000;

    /// <summary>A wake-up that was lost costs a wait all of this; one that was not, far less on the busiest computer.</summary>
    private const uint SecondsOfLostWakeUp = 10;

    private static readonly byte[] s_message = new byte[8];
    private static readonly byte[] s_answer = new byte[8];
    private static object? s_kept;
    private static int s_state;

    [KernelTest]
    internal static void A_handler_of_Cosmos_that_allocates_can_wait_for_the_timer()
    {
        const int Waited = 2;
        Volatile.Write(ref s_state, 0);
        RealTimeClock.Start(AllocateAndWait);
        ulong deadline = Clock.Now + (SecondsOfLostWakeUp * Clock.TicksPerSecond);
        while (Volatile.Read(ref s_state) != Waited && Clock.Now < deadline)
        {
            Cpu.Pause();
        }

        Check.Equal(Waited, Volatile.Read(ref s_state));
    }

    [KernelTest]
    internal static void An_allocation_keeps_interrupts_away_from_code_that_disabled_them()
    {
        Interrupts.SetHandler(LowVector, &NoteInterrupt);
        Volatile.Write(ref s_state, 0);
        Cpu.DisableInterrupts();
        AllocateBeforeInterrupt();
        Cpu.EnableInterrupts();
        Spin();
        Check.Equal(1, Volatile.Read(ref s_state));

        Volatile.Write(ref s_state, 0);
        CPU.DisableInterrupts();
        AllocateBeforeInterrupt();
        CPU.EnableInterrupts();
        Spin();
        Check.Equal(1, Volatile.Read(ref s_state));
        Interrupts.SetHandler(LowVector, null);
    }

    [KernelTest]
    internal static void An_allocation_keeps_interrupts_away_from_the_handler_of_a_vector()
    {
        Volatile.Write(ref s_state, 0);
        Interrupts.SetHandler(LowVector, &AllocateAndInterrupt);
        Interrupts.SetHandler(HighVector, &NoteInterrupt);
        for (int i = 0; i < 3; i++)
        {
            // The state is as before afterwards: the second time is as good as the first.
            Volatile.Write(ref s_state, 0);
            Check.That(Cores.SendInterrupt(0, LowVector));
            Spin();
            Check.Equal(1, Volatile.Read(ref s_state));
        }

        Interrupts.SetHandler(LowVector, null);
        Interrupts.SetHandler(HighVector, null);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_that_allocates_before_it_sleeps_loses_no_wake_up()
    {
        CoreSleep sleep = Cores.Sleep!;
        Volatile.Write(ref s_state, 0);
        sleep.Begin();
        Allocate();
        Cores.Run(1, &WakeBootCore);
        while (Volatile.Read(ref s_state) == 0)
        {
            Cpu.Pause();
        }

        Allocate();
        Spin();
        ulong begin = Clock.Now;
        sleep.Sleep(begin + (SecondsOfLostWakeUp * Clock.TicksPerSecond));
        Check.That(Clock.Now - begin < SecondsOfLostWakeUp / 2 * Clock.TicksPerSecond, "the wake-up was lost");
        Cores.Join(1);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Cores_that_allocate_in_every_gap_lose_no_wake_up()
    {
        // Without polling, every wait is a halt that another core's interrupt has to end.
        if (!BusRig.Build(waiting: new WaitLengths(0, 0), sleep: new AllocatingSleep(Cores.Sleep!)))
        {
            return;
        }

        Cores.Run(1, &Echo);
        for (int i = 0; i < Rounds; i++)
        {
            BusRig.End(0).SendTo(1, s_message);
            ulong begin = Clock.Now;
            BusStatus status = BusRig.End(0).RecvFrom(1, s_answer, SecondsOfLostWakeUp * NanosecondsInSecond, out _);
            if (!BusRig.Expect(BusStatus.Ok, status)
                || !Check.That(Clock.Now - begin < SecondsOfLostWakeUp / 2 * Clock.TicksPerSecond, "a wake-up was lost"))
            {
                break;
            }
        }

        Check.That(BusRig.Sleep.Count(0) > 0, "the boot core never slept");
    }

    /// <summary>As Cosmos' network card does: it takes memory for the packet, and TCP waits while it closes.</summary>
    private static void AllocateAndWait(ref INTs.IRQContext context)
    {
        RealTimeClock.Stop();
        RealTimeClock.Acknowledge();
        if (Interlocked.CompareExchange(ref s_state, 1, 0) == 0)
        {
            Allocate();
            Cosmos.HAL.Global.PIT.Wait(100);
            Volatile.Write(ref s_state, 2);
        }
    }

    private static void AllocateBeforeInterrupt()
    {
        Check.That(Cores.SendInterrupt(0, LowVector));
        Allocate();
        Spin();
        Check.Equal(0, Volatile.Read(ref s_state));
    }

    private static void AllocateAndInterrupt(byte vector)
    {
        Cores.SendInterrupt(0, HighVector);
        Allocate();
        Spin();
        Check.Equal(0, Volatile.Read(ref s_state));
        LocalApic.EndOfInterrupt();
    }

    private static void NoteInterrupt(byte vector)
    {
        Volatile.Write(ref s_state, s_state + 1);
        LocalApic.EndOfInterrupt();
    }

    private static void WakeBootCore(int core)
    {
        Cores.Sleep!.Wake(0);
        Volatile.Write(ref s_state, 1);
    }

    private static void Echo(int core)
    {
        byte* buffer = stackalloc byte[8];
        for (int i = 0; i < Rounds; i++)
        {
            BusRig.End(1).RecvFrom(0, new Span<byte>(buffer, 8), out _);
            BusRig.End(1).SendTo(0, new ReadOnlySpan<byte>(buffer, 8));
        }
    }

    private static void Allocate() => s_kept = new byte[16];

    /// <summary>Long enough for an interrupt to arrive.</summary>
    private static void Spin()
    {
        ulong end = Clock.Now + ((Clock.TicksPerSecond >> 6));
        while (Clock.Now < end)
        {
            Cpu.Pause();
        }
    }
}
