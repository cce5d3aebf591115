using System;
using System.Threading;
using System.Threading.Tasks;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Tasks;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>Threads and tasks beside the bus: what waits for it leaves its core to others.</summary>
internal static class ThreadBusSuite
{
    private const int Rounds = 40;
    private const ulong PatienceNs = 30_000_000_000;

    private static int s_isReleased;

    [KernelTest(MinimumCores = 2)]
    internal static void A_thread_that_waits_for_a_message_lets_others_run_on_its_core()
    {
        if (!BusRig.Build())
        {
            return;
        }

        // The message is sent when a thread that is bound to this core has run: it can only while this one waits.
        int turns = 0;
        using var ran = new ManualResetEvent(false);
        var here = new Thread(() =>
        {
            Cores.StayOn(0);
            for (int i = 0; i < 100; i++)
            {
                turns++;
                Thread.Yield();
            }

            ran.Set();
        });
        var sender = new Thread(() =>
        {
            Cores.StayOn(1);
            ran.WaitOne();
            BusRig.End(1).SendTo(0, [42]);
        });
        here.Start();
        sender.Start();
        byte[] message = new byte[8];
        BusStatus status = BusRig.End(0).RecvFrom(1, message, PatienceNs, out int length);
        here.Join();
        sender.Join();
        Check.Equal((int)BusStatus.Ok, (int)status);
        Check.Equal(1, length);
        Check.Equal(42, message[0]);
        Check.Equal(100, turns);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Threads_on_all_cores_exchange_messages_while_tasks_run()
    {
        if (!BusRig.Build(queueSize: 4, waiting: new WaitLengths(0, 0)))
        {
            return;
        }

        Volatile.Write(ref s_isReleased, 0);
        Task busy = Task.Run(() =>
        {
            while (Volatile.Read(ref s_isReleased) == 0)
            {
                Parallel.For(0, 8, _ => Thread.SpinWait(50));
            }
        });
        int[] sums = new int[Cores.Count];
        int failures = 0;
        var threads = new Thread[Cores.Count];
        for (int i = 0; i < threads.Length; i++)
        {
            int core = i;
            threads[i] = new Thread(() =>
            {
                Cores.StayOn(core);
                BusEndpoint end = BusRig.End(core);
                byte[] message = new byte[8];
                for (int round = 0; round < Rounds; round++)
                {
                    message[0] = (byte)round;
                    int next = core + 1 < Cores.Count ? core + 1 : 0;
                    int before = core > 0 ? core - 1 : Cores.Count - 1;
                    failures += end.SendTo(next, message, PatienceNs) == BusStatus.Ok ? 0 : 1;
                    failures += end.RecvFrom(before, message, PatienceNs, out _) == BusStatus.Ok ? 0 : 1;
                    sums[core] += message[0];
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Volatile.Write(ref s_isReleased, 1);
        busy.Wait();
        Check.Equal(0, failures);
        foreach (int sum in sums)
        {
            Check.Equal(Rounds * (Rounds - 1) / 2, sum);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_function_of_a_core_talks_to_a_thread_while_others_run()
    {
        if (!BusRig.Build(waiting: new WaitLengths(0, 0)))
        {
            return;
        }

        Volatile.Write(ref s_isReleased, 0);
        var spinners = new Thread[Cores.Count];
        for (int i = 0; i < spinners.Length; i++)
        {
            spinners[i] = new Thread(() =>
            {
                while (Volatile.Read(ref s_isReleased) == 0)
                {
                    Thread.SpinWait(10);
                }
            });
            spinners[i].Start();
        }

        int echoed = 0;
        Cores.Run(1, core =>
        {
            byte[] message = new byte[8];
            for (int i = 0; i < Rounds; i++)
            {
                if (BusRig.End(core).RecvFrom(0, message, PatienceNs, out _) == BusStatus.Ok
                    && BusRig.End(core).SendTo(0, message, PatienceNs) == BusStatus.Ok)
                {
                    echoed++;
                }
            }
        });
        byte[] message = new byte[8];
        int right = 0;
        for (int i = 0; i < Rounds; i++)
        {
            message[0] = (byte)i;
            BusRig.End(0).SendTo(1, message, PatienceNs);
            BusStatus status = BusRig.End(0).RecvFrom(1, message, PatienceNs, out _);
            right += status == BusStatus.Ok && message[0] == (byte)i ? 1 : 0;
        }

        Cores.Join(1);
        Volatile.Write(ref s_isReleased, 1);
        foreach (Thread thread in spinners)
        {
            thread.Join();
        }

        Check.Equal(Rounds, echoed);
        Check.Equal(Rounds, right);
    }

    [KernelTest]
    internal static void A_signal_of_a_handler_wakes_the_thread_that_waits_for_it()
    {
        // A handler of this core, which runs over whatever thread is there; the timer of a thread calls it.
        CoreSignal signal = Cores.CreateSignal(0, 0)!;
        WaitSet set = Cores.CreateWaitSet(0, 1);
        set.Add(signal);
        s_signal = signal;
        unsafe
        {
            Seam.Interrupts.SetHandler(Vector, &SetSignal);
        }

        int taken = 0;
        using var next = new AutoResetEvent(false);
        var caller = new Thread(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Thread.Sleep(1);
                Cores.SendInterrupt(0, Vector);
                next.WaitOne();
            }
        });
        caller.Start();
        for (int i = 0; i < 20; i++)
        {
            if (!Check.Equal((int)WaitStatus.Ok, (int)set.Wait(PatienceNs, out _)))
            {
                break;
            }

            taken += (int)signal.Take();
            next.Set();
        }

        Check.Equal(20, taken);
        caller.Join();
        unsafe
        {
            Seam.Interrupts.SetHandler(Vector, null);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Messages_are_awaited_in_the_loops_of_two_cores()
    {
        if (!BusRig.Build(queueSize: 4, waiting: new WaitLengths(0, 0)))
        {
            return;
        }

        int right = 0;
        var other = new Thread(() =>
        {
            Cores.StayOn(1);
            CoreLoop.Run(async () =>
            {
                byte[] buffer = new byte[8];
                for (int i = 0; i < Rounds; i++)
                {
                    (BusStatus status, int length) = await BusRig.End(1).RecvFromAsync(0, buffer, PatienceNs);
                    if (status == BusStatus.Ok)
                    {
                        await BusRig.End(1).SendToAsync(0, buffer.AsMemory(0, length), PatienceNs);
                    }
                }
            });
        });
        other.Start();
        int background = 0;
        int wrongCore = 0;
        CoreLoop.Run(async () =>
        {
            Task beside = CountAsync();
            byte[] buffer = new byte[8];
            for (int i = 0; i < Rounds; i++)
            {
                buffer[0] = (byte)i;
                await BusRig.End(0).SendToAsync(1, buffer, PatienceNs);
                (BusStatus status, int core, int length) = await BusRig.End(0).RecvFromAnyAsync(buffer, PatienceNs);
                right += status == BusStatus.Ok && core == 1 && length == 8 && buffer[0] == (byte)i ? 1 : 0;
                wrongCore += Cores.Current == 0 ? 0 : 1;
            }

            await beside;

            async Task CountAsync()
            {
                for (int i = 0; i < 5; i++)
                {
                    await Task.Delay(1);
                    background += await Task.Run(() => 1);
                    wrongCore += Cores.Current == 0 ? 0 : 1;
                }
            }
        });
        other.Join();
        Check.Equal(Rounds, right);
        Check.Equal(5, background);
        Check.Equal(0, wrongCore);
    }

    [KernelTest]
    internal static void A_wait_set_is_awaited_with_limits_and_cancellation()
    {
        CoreSignal signal = Cores.CreateSignal(0, 0)!;
        WaitSet set = Cores.CreateWaitSet(0, 1);
        set.Add(signal);
        CoreLoop.Run(async () =>
        {
            (WaitStatus status, WaitSource? source) = await set.WaitAsync(2_000_000);
            Check.Equal((int)WaitStatus.TimedOut, (int)status);
            Check.That(source == null);
            using var cancellation = new CancellationTokenSource();
            Task<(WaitStatus Status, WaitSource? Source)> wait = set.WaitAsync(TimeLimit.None, cancellation.Token);
            await Task.Yield();
            Check.That(!wait.IsCompleted);

            // From another thread, while this one sleeps.
            cancellation.CancelAfter(5);
            bool cancelled = false;
            try
            {
                await wait;
            }
            catch (OperationCanceledException)
            {
                cancelled = true;
            }

            Check.That(cancelled);
            wait = set.WaitAsync();
            signal.Set();
            (status, source) = await wait;
            Check.Equal((int)WaitStatus.Ok, (int)status);
            Check.That(ReferenceEquals(source, signal));
        });
        bool refused = false;
        try
        {
            CoreLoop.WaitAsync(signal, ulong.MaxValue);
        }
        catch (InvalidOperationException)
        {
            refused = true;
        }

        Check.That(refused, "outside of a loop");
        signal.Take();
    }

    private const byte Vector = 0x46;

    private static CoreSignal? s_signal;

    private static void SetSignal(byte vector)
    {
        s_signal!.Set();
        Smp.Apic.LocalApic.EndOfInterrupt();
    }
}
