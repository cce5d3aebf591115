using System;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Diagnostics;

namespace ToroCosmos.KernelSuites;

/// <summary>Resetting, closing and cancelling between real cores, which halt while they wait.</summary>
internal static unsafe class BusResetSuite
{
    private const int Rounds = 100;
    private const ulong LimitNs = 10_000_000_000;

    private static int s_cancelled;

    [KernelTest(MinimumCores = 2)]
    internal static void A_broken_link_is_reset_by_its_ends_again_and_again()
    {
        if (Build())
        {
            Cores.RunOnAll(&BreakAndReset);
            LinkCounters counters = BusRig.Bus.ReadCounters(0, 1);
            Check.Equal(Rounds, counters.Resets);
            Check.Equal(Rounds, (long)counters.Violations);
            Check.Equal(Rounds, (long)counters.Messages);
            Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_that_halts_is_woken_when_the_other_closes()
    {
        if (Build())
        {
            Cores.RunOnAll(&CloseWhileTheOtherHalts);
            Check.Equal((int)LinkState.Closed, (int)BusRig.Bus.InspectLink(0, 1).State);
            Check.Equal((int)LinkState.Closed, (int)BusRig.Bus.InspectLink(1, 0).State);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_that_halts_is_cancelled_by_another_every_time()
    {
        s_cancelled = 0;
        if (Build())
        {
            Cores.RunOnAll(&CancelWhileTheOtherHalts);
            Check.Equal(Rounds, s_cancelled);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Every_core_prints_the_table_of_links()
    {
        if (Build())
        {
            BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(1, "12345678"u8));
            s_line = new TextLine();
            Cores.Run(1, &Print);
            Cores.Join(1);
        }
    }

    private static TextLine? s_line;

    private static void Print(int core) => BusRig.Bus.PrintLinks(s_line!);

    private static bool Build() => BusRig.Build(waiting: new WaitLengths(0, 0));

    private static void BreakAndReset(int core)
    {
        BusEndpoint end = BusRig.End(core);
        byte message = 0;
        for (int round = 0; round < Rounds && core < 2; round++)
        {
            if (core == 0)
            {
                // It writes over its own index, and learns from the receiver that the link is broken.
                message = (byte)round;
                BusRig.Expect(BusStatus.Ok, end.SendTo(1, new ReadOnlySpan<byte>(&message, 1)));
                BusRig.Expect(BusStatus.Ok, end.RecvFrom(1, new Span<byte>(&message, 1), out _));
                BusRig.Scribble(sender: 0, receiver: 1);
                BusRig.Sleep.Wake(1);
                ulong deadline = Clock.Now + TimedWait.Patience;
                BusStatus status;
                do
                {
                    status = end.ResetTo(1);
                    Cpu.Pause();
                }
                while (status == BusStatus.NotBroken && Clock.Now < deadline);
                if (!BusRig.Expect(BusStatus.Ok, status))
                {
                    return;
                }
            }
            else
            {
                BusRig.Expect(BusStatus.Ok, end.RecvFrom(0, new Span<byte>(&message, 1), out _));
                Check.Equal(round, message);
                BusRig.Expect(BusStatus.Ok, end.SendTo(0, new ReadOnlySpan<byte>(&message, 1)));
                BusStatus status = end.RecvFrom(0, new Span<byte>(&message, 1), LimitNs, out _);
                if (!BusRig.Expect(BusStatus.BrokenLink, status)
                    || !BusRig.Expect(BusStatus.Ok, end.ResetFrom(0, LimitNs)))
                {
                    return;
                }
            }
        }
    }

    private static void CloseWhileTheOtherHalts(int core)
    {
        byte message;
        if (core == 0)
        {
            WaitUntilAsleep(1, slept: 0);
            BusRig.Expect(BusStatus.Ok, BusRig.End(0).Close());
        }
        else if (core == 1)
        {
            BusRig.Expect(BusStatus.Closed, BusRig.End(1).RecvFrom(0, new Span<byte>(&message, 1), out _));
            BusRig.Expect(BusStatus.Closed, BusRig.End(1).SendTo(0, new ReadOnlySpan<byte>(&message, 0)));
        }
    }

    private static void CancelWhileTheOtherHalts(int core)
    {
        for (int round = 0; round < Rounds; round++)
        {
            if (core == 0)
            {
                WaitUntilAsleep(1, round);
                BusRig.End(1).Cancel();
                ulong deadline = Clock.Now + TimedWait.Patience;
                while (Volatile.Read(ref s_cancelled) == round && Check.That(Clock.Now < deadline, "it still waits"))
                {
                    Cpu.Pause();
                }
            }
            else if (core == 1)
            {
                byte message;
                BusRig.Expect(BusStatus.Cancelled, BusRig.End(1).RecvFrom(0, new Span<byte>(&message, 1), out _));
                Volatile.Write(ref s_cancelled, round + 1);
            }
        }
    }

    private static void WaitUntilAsleep(int core, int slept)
    {
        ulong deadline = Clock.Now + TimedWait.Patience;
        while (BusRig.Sleep.Count(core) <= slept && Check.That(Clock.Now < deadline, "the other core does not go to sleep"))
        {
            Cpu.Pause();
        }
    }
}
