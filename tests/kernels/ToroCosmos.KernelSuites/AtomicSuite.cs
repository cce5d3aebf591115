using System.Threading;
using ToroCosmos.Hardware;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>What cores do to one word at the same time.</summary>
internal static class AtomicSuite
{
    private const int Additions = 100_000;
    private const int Duels = 20_000;
    private const long Large = 0x1_0000_0001;

    private static int s_number;
    private static long s_longNumber;
    private static int s_claimed;
    private static int s_claims;
    private static int s_inside;
    private static int s_together;

    // Two of each, a core's each: what it writes, what it saw of the other's, and how far it is.
    private static int s_left;
    private static int s_right;
    private static int s_leftSaw;
    private static int s_rightSaw;
    private static int s_leftReady;
    private static int s_rightReady;

    [KernelTest]
    internal static void Additions_of_all_cores_add_up()
    {
        s_number = 0;
        s_longNumber = 0;
        Cores.RunOnAll(_ => Add());
        Check.Equal(Additions * Cores.Count, s_number);
        Check.Equal(Large * Additions * Cores.Count, s_longNumber);
    }

    [KernelTest]
    internal static void Each_number_is_claimed_by_one_core()
    {
        s_claimed = 0;
        s_claims = 0;
        Cores.RunOnAll(_ => Claim());
        Check.Equal(Additions, s_claimed);
        Check.Equal(Additions, s_claims);
    }

    [KernelTest]
    internal static void An_exchange_lets_one_core_in_at_a_time()
    {
        s_inside = 0;
        s_number = 0;
        s_together = 0;
        Cores.RunOnAll(_ => TakeTurns());
        Check.Equal(0, s_together);
        Check.Equal(1000 * Cores.Count, s_number);
    }

    /// <summary>
    /// Each of two cores writes its word and then looks at the other's. Without a fence both may find the old value,
    /// because a processor looks before its write has left it (Intel SDM 3A, Loads May Be Reordered with Earlier Stores).
    /// </summary>
    [KernelTest(MinimumCores = 2)]
    internal static void A_full_fence_orders_a_store_before_a_load()
    {
        s_left = 0;
        s_right = 0;
        s_leftReady = 0;
        s_rightReady = 0;
        s_together = 0;
        Cores.Run(1, _ => FightRight());
        FightLeft();
        Cores.Join(1);
        Check.Equal(0, s_together, "both cores missed the other's store");
    }

    private static void Add()
    {
        for (int i = 0; i < Additions; i++)
        {
            Interlocked.Increment(ref s_number);
            Interlocked.Add(ref s_longNumber, Large);
        }
    }

    private static void Claim()
    {
        while (true)
        {
            int next = Volatile.Read(ref s_claimed);
            if (next == Additions)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref s_claimed, next + 1, next) == next)
            {
                Interlocked.Increment(ref s_claims);
            }
        }
    }

    private static void TakeTurns()
    {
        for (int i = 0; i < 1000; i++)
        {
            while (Interlocked.Exchange(ref s_inside, 1) != 0)
            {
                Cpu.Pause();
            }

            int before = s_number;
            Cpu.Pause();
            if (Volatile.Read(ref s_number) != before)
            {
                s_together++;
            }

            s_number = before + 1;
            Volatile.Write(ref s_inside, 0);
        }
    }

    private static void FightLeft()
    {
        for (int duel = 1; duel <= Duels; duel++)
        {
            Meet(ref s_leftReady, ref s_rightReady, (2 * duel) - 1);
            Volatile.Write(ref s_left, duel);
            Cpu.FullFence();
            s_leftSaw = Volatile.Read(ref s_right);
            Meet(ref s_leftReady, ref s_rightReady, 2 * duel);
            if (s_leftSaw != duel && Volatile.Read(ref s_rightSaw) != duel)
            {
                s_together++;
            }
        }
    }

    private static void FightRight()
    {
        for (int duel = 1; duel <= Duels; duel++)
        {
            Meet(ref s_rightReady, ref s_leftReady, (2 * duel) - 1);
            Volatile.Write(ref s_right, duel);
            Cpu.FullFence();
            s_rightSaw = Volatile.Read(ref s_left);
            Meet(ref s_rightReady, ref s_leftReady, 2 * duel);
        }
    }

    private static void Meet(ref int own, ref int other, int step)
    {
        Volatile.Write(ref own, step);
        while (Volatile.Read(ref other) < step)
        {
            Cpu.Pause();
        }
    }
}
