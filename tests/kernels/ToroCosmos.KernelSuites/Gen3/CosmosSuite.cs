using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>Cosmos on the boot core, beside the plugin: its scheduler, its threads, its memory.</summary>
internal static unsafe class CosmosSuite
{
    private const int TimerVectorRegister = 0x320;
    private const int TimerCountRegister = 0x390;
    private const uint Masked = 1 << 16;
    private const int Rounds = 200;
    private const int Tokens = 20_000;
    private const ulong Patience = 20_000_000_000;
    private const ulong Nap = 100_000_000;

    private static readonly byte[] s_message = new byte[8];
    private static readonly byte[] s_answer = new byte[8];
    private static readonly byte[] s_echo = new byte[8];
    private static object? s_token;
    private static object? s_hole;
    private static object? s_slot;
    private static int s_taken;
    private static long s_turns;
    private static bool s_ends;

    [KernelTest]
    internal static void The_timer_of_the_scheduler_runs_on()
    {
        Check.That((LocalApic.Read(TimerVectorRegister) & Masked) == 0);
        uint count = LocalApic.Read(TimerCountRegister);
        ulong deadline = Clock.Now + Clock.TicksPerSecond;
        while (LocalApic.Read(TimerCountRegister) == count && Clock.Now < deadline)
        {
            Cpu.Pause();
        }

        Check.That(LocalApic.Read(TimerCountRegister) != count);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_thread_of_Cosmos_runs_while_the_boot_core_waits_for_a_message()
    {
        if (!BusRig.Build())
        {
            return;
        }

        Thread thread = StartThread();
        ulong deadline = TickScale.OfClock.DeadlineAfter(Patience);
        BusStatus status = BusStatus.TimedOut;
        while (Volatile.Read(ref s_turns) == 0 && Clock.Now < deadline && status == BusStatus.TimedOut)
        {
            status = BusRig.End(0).RecvFrom(1, s_answer, Nap, out _);
        }

        BusRig.Expect(BusStatus.TimedOut, status);
        Check.That(Volatile.Read(ref s_turns) > 0, "the thread never ran");
        End(thread);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Messages_pass_while_a_thread_of_Cosmos_runs()
    {
        if (!BusRig.Build())
        {
            return;
        }

        Thread thread = StartThread();
        Cores.Run(1, &Echo);
        for (int i = 0; i < Rounds; i++)
        {
            s_message[0] = (byte)i;
            BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(1, s_message));
            if (!BusRig.Expect(BusStatus.Ok, BusRig.End(0).RecvFrom(1, s_answer, Patience, out _))
                || !Check.Equal(s_message[0], s_answer[0]))
            {
                break;
            }
        }

        End(thread);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_reference_is_taken_by_one_core_at_a_time()
    {
        // The compiler does not call the runtime for null and for objects that it has made itself.
        s_token = new object();
        s_hole = new object();
        s_taken = 0;
        s_slot = s_token;
        Cores.RunOnAll(&TakeTokenOften);
        Check.Equal((long)Cores.Count * Tokens, s_taken);
        Check.That(s_slot == s_token);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void The_stack_of_another_core_ends_at_a_page_that_is_not_there()
    {
        // Below the last one's lie those of the others.
        int last = Cores.Count - 1;
        Cores.Run(last, &FindEndOfStack);
        Cores.Join(last);
    }

    [KernelTest]
    internal static void Memory_is_readable_and_nothing_else_is()
    {
        int local = 0;
        fixed (byte* array = s_message)
        {
            Check.That(PhysicalMemory.IsReadable(array, 8));
        }

        Check.That(PhysicalMemory.IsReadable((byte*)&local, sizeof(int)));
        Check.That(PhysicalMemory.IsReadable(PhysicalMemory.Allocate(100_000, 64), 100_000));
        Check.That(!PhysicalMemory.IsReadable(null, 1));
        Check.That(!PhysicalMemory.IsReadable((byte*)(1UL << 47), 1), "an address that is none");
        Check.That(!PhysicalMemory.IsReadable((byte*)(ulong.MaxValue - 4), 16), "beyond the end");
        Check.That(PhysicalMemory.MapDevice(0xFEE0_0000, 4096, out byte* registers) == DeviceMapping.Ok);
        Check.That(!PhysicalMemory.IsReadable(registers, 4), "a device");
    }

    [KernelTest]
    internal static void A_device_is_mapped_wherever_it_is_and_memory_is_not_one()
    {
        const ulong Beyond4GiB = 0x8_0000_0000;
        Check.That(PhysicalMemory.MapDevice(Beyond4GiB, 5000, out byte* registers) == DeviceMapping.Ok);
        Check.Equal(*(uint*)registers, *(uint*)(registers + 4996), "nobody answers there");
        Check.That(!PhysicalMemory.IsReadable(registers, 4));
        Check.That(PhysicalMemory.MapDevice(Beyond4GiB, 0, out _) == DeviceMapping.NoLength);
        Check.That(PhysicalMemory.MapDevice(16, 16, out _) == DeviceMapping.FirstPage);
        Check.That(PhysicalMemory.MapDevice(1UL << 60, 16, out _) == DeviceMapping.BeyondAddresses);
        Check.That(PhysicalMemory.MapDevice(ulong.MaxValue - 4, 16, out _) == DeviceMapping.BeyondAddresses);
        Check.That(PhysicalMemory.MapDevice(0x20_0000, 16, out registers) == DeviceMapping.OtherMemory);
        Check.That(registers == null);
    }

    [KernelTest]
    internal static void Taken_memory_is_zero_and_aligned()
    {
        for (nuint alignment = 1; alignment <= 1 << 16; alignment <<= 4)
        {
            byte* memory = PhysicalMemory.Allocate(5000, alignment);
            Check.That(memory != null && ((nuint)memory & (alignment - 1)) == 0);
            for (int i = 0; i < 5000; i++)
            {
                Check.That(memory[i] == 0);
                memory[i] = 0xFF;
            }
        }

        Check.That(PhysicalMemory.Allocate((nuint)1 << 40, 64) == null, "more than the machine has");
    }

    /// <summary>Only who has the token counts: were it taken twice at a time, counts would be lost.</summary>
    private static void TakeTokenOften(int core)
    {
        object? token = s_token;
        for (int i = 0; i < Tokens;)
        {
            if (Interlocked.CompareExchange(ref s_slot, s_hole, token) != token)
            {
                Cpu.Pause();
                continue;
            }

            i++;
            s_taken++;
            if (!Check.That(Interlocked.Exchange(ref s_slot, token) == s_hole, "there are two"))
            {
                return;
            }
        }
    }

    private static Thread StartThread()
    {
        s_turns = 0;
        s_ends = false;
        var thread = new Thread(TakeTurns);
        thread.Start();
        return thread;
    }

    private static void TakeTurns()
    {
        while (!Volatile.Read(ref s_ends))
        {
            Volatile.Write(ref s_turns, s_turns + 1);
        }

        Volatile.Write(ref s_turns, -1);
    }

    private static void End(Thread thread)
    {
        Volatile.Write(ref s_ends, true);
        ulong deadline = TickScale.OfClock.DeadlineAfter(Patience);
        while (Volatile.Read(ref s_turns) >= 0 && Clock.Now < deadline)
        {
            Cpu.Pause();
        }

        Check.Equal(-1L, s_turns);
        Check.That(thread != null);
    }

    private static void Echo(int core)
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (BusRig.End(1).RecvFrom(0, s_echo, Patience, out _) != BusStatus.Ok
                || BusRig.End(1).SendTo(0, s_echo) != BusStatus.Ok)
            {
                return;
            }
        }
    }

    private static void FindEndOfStack(int core)
    {
        const int LargestStack = 260 * 1024;
        int local = 0;
        byte* page = (byte*)((ulong)&local & ~4095UL);
        byte* end = page - LargestStack;
        while (page > end && PhysicalMemory.IsReadable(page, 1))
        {
            page -= 4096;
        }

        Check.That(page > end, "the stack has no end");
        Check.That(PhysicalMemory.IsReadable(page + 4096, 1));
    }
}
