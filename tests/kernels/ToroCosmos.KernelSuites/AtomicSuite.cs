using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>What cores do to one word at the same time.</summary>
internal static unsafe class AtomicSuite
{
    private const int Additions = 100_000;
    private const int Duels = 2000;
    private const long Large = 0x1_0000_0001;

    /// <summary>What the cores share, in memory of its own: not every toolchain aligns static fields.</summary>
    private static Words* s_words;

    [KernelTest]
    internal static void Additions_of_all_cores_add_up()
    {
        Words* words = Fresh();
        Cores.RunOnAll(&Add);
        Check.Equal(Additions * Cores.Count, words->Number);
        Check.Equal(Large * Additions * Cores.Count, words->LongNumber);
    }

    [KernelTest]
    internal static void Each_number_is_claimed_by_one_core()
    {
        Words* words = Fresh();
        Cores.RunOnAll(&Claim);
        Check.Equal(Additions, words->Claimed);
        Check.Equal(Additions, words->Claims);
    }

    [KernelTest]
    internal static void An_exchange_lets_one_core_in_at_a_time()
    {
        Words* words = Fresh();
        Cores.RunOnAll(&TakeTurns);
        Check.Equal(0, words->Together);
        Check.Equal(1000 * Cores.Count, words->Number);
    }

    /// <summary>
    /// Each of two cores writes its word and then looks at the other's. Without a fence both may find the old value,
    /// because a processor looks before its write has left it (Intel SDM 3A, Loads May Be Reordered with Earlier Stores).
    /// </summary>
    [KernelTest(MinimumCores = 2)]
    internal static void A_full_fence_orders_a_store_before_a_load()
    {
        Words* words = Fresh();
        Cores.Run(1, &FightRight);
        FightLeft(0);
        Cores.Join(1);
        Check.Equal(0, words->Together, "both cores missed the other's store");
    }

    private static Words* Fresh()
    {
        if (s_words == null)
        {
            s_words = (Words*)PhysicalMemory.Allocate((nuint)sizeof(Words), 128);
        }

        *s_words = default;
        return s_words;
    }

    private static void Add(int core)
    {
        Words* words = s_words;
        for (int i = 0; i < Additions; i++)
        {
            Interlocked.Increment(ref words->Number);
            Interlocked.Add(ref words->LongNumber, Large);
        }
    }

    private static void Claim(int core)
    {
        Words* words = s_words;
        while (true)
        {
            int next = Volatile.Read(ref words->Claimed);
            if (next == Additions)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref words->Claimed, next + 1, next) == next)
            {
                Interlocked.Increment(ref words->Claims);
            }
        }
    }

    private static void TakeTurns(int core)
    {
        Words* words = s_words;
        for (int i = 0; i < 1000; i++)
        {
            while (Interlocked.Exchange(ref words->Inside, 1) != 0)
            {
                Cpu.Pause();
            }

            int before = words->Number;
            Cpu.Pause();
            if (Volatile.Read(ref words->Number) != before)
            {
                words->Together++;
            }

            words->Number = before + 1;
            Volatile.Write(ref words->Inside, 0);
        }
    }

    private static void FightLeft(int core)
    {
        Words* words = s_words;
        for (int duel = 1; duel <= Duels; duel++)
        {
            Meet(ref words->LeftReady, ref words->RightReady, (2 * duel) - 1);
            Volatile.Write(ref words->Left, duel);
            Cpu.FullFence();
            words->LeftSaw = Volatile.Read(ref words->Right);
            Meet(ref words->LeftReady, ref words->RightReady, 2 * duel);
            if (words->LeftSaw != duel && Volatile.Read(ref words->RightSaw) != duel)
            {
                words->Together++;
            }
        }
    }

    private static void FightRight(int core)
    {
        Words* words = s_words;
        for (int duel = 1; duel <= Duels; duel++)
        {
            Meet(ref words->RightReady, ref words->LeftReady, (2 * duel) - 1);
            Volatile.Write(ref words->Right, duel);
            Cpu.FullFence();
            words->RightSaw = Volatile.Read(ref words->Left);
            Meet(ref words->RightReady, ref words->LeftReady, 2 * duel);
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

    private struct Words
    {
        public long LongNumber;
        public int Number;
        public int Claimed;
        public int Claims;
        public int Inside;
        public int Together;

        // Two of each, a core's each: what it writes, what it saw of the other's, and how far it is.
        public int Left;
        public int Right;
        public int LeftSaw;
        public int RightSaw;
        public int LeftReady;
        public int RightReady;
    }
}
