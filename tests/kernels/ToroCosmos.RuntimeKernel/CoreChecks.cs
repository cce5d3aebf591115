using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using ToroCosmos.Hardware;
using ToroCosmos.Smp;

namespace ToroCosmos.RuntimeKernel;

/// <summary>What must hold on every core at once.</summary>
internal static unsafe class CoreChecks
{
    private const int Rounds = 200;
    private const byte Vector = 0x40;

    [ThreadStatic]
    private static int t_count;

    private static readonly object s_gate = new();
    private static int s_guarded;
    private static int s_interrupts;
    private static double s_noise = 1;
    private static bool[] s_results = [];

    public static (string Name, Func<bool> Check)[] All =>
    [
        ("every core runs under its own number", () => OnAll(core => core == Cores.Current)),
        ("thread statics on every core", () => OnAll(CountThreadStatic)),
        ("exceptions on every core at once", () => OnAll(ThrowAndCatch)),
        ("null references on every core at once", () => OnAll(NullReferences)),
        ("allocation on every core at once", () => OnAll(Allocate)),
        ("lock between cores", LockBetweenCores),
        ("vector state survives interrupts on every core", VectorState),
    ];

    private static bool OnAll(Func<int, bool> check)
    {
        s_results = new bool[Cores.Count];
        Cores.RunOnAll(core => s_results[core] = check(core));
        return Cores.Count > 1 && s_results.All(result => result);
    }

    private static bool CountThreadStatic(int core)
    {
        for (int i = 0; i <= core; i++)
        {
            t_count++;
        }

        return t_count == core + 1;
    }

    private static bool ThrowAndCatch(int core)
    {
        int caught = 0;
        for (int i = 0; i < Rounds; i++)
        {
            try
            {
                try
                {
                    throw new InvalidOperationException(core.ToString(CultureInfo.InvariantCulture));
                }
                finally
                {
                    caught++;
                }
            }
            catch (InvalidOperationException e) when (e.Message == core.ToString(CultureInfo.InvariantCulture))
            {
                caught++;
            }
        }

        return caught == 2 * Rounds;
    }

    private static bool NullReferences(int core)
    {
        int caught = 0;
        string?[] nothing = new string?[1];
        for (int i = 0; i < Rounds; i++)
        {
            try
            {
                caught -= nothing[0]!.Length;
            }
            catch (NullReferenceException)
            {
                caught++;
            }
        }

        return caught == Rounds;
    }

    private static bool Allocate(int core)
    {
        List<int[]> kept = [];
        for (int i = 0; i < Rounds; i++)
        {
            int[] block = new int[(i * 7 % 512) + 1];
            Array.Fill(block, core);
            kept.Add(block);
        }

        return kept.All(block => block.All(value => value == core));
    }

    private static bool LockBetweenCores()
    {
        s_guarded = 0;
        bool done = OnAll(_ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                lock (s_gate)
                {
                    s_guarded++;
                }
            }

            return true;
        });
        return done && s_guarded == Rounds * Cores.Count;
    }

    private static bool VectorState()
    {
        Interrupts.SetHandler(Vector, &Disturb);
        s_interrupts = 0;
        bool kept = OnAll(core =>
        {
            if (core != 0)
            {
                return KeepsSums();
            }

            for (int i = 0; i < Rounds; i++)
            {
                for (int target = 1; target < Cores.Count; target++)
                {
                    Cores.SendInterrupt(target, Vector);
                }
            }

            return true;
        });
        Interrupts.SetHandler(Vector, null);
        return kept && s_interrupts > 0;
    }

    /// <summary>Sums that live in vector registers, again and again, while interrupts arrive.</summary>
    private static bool KeepsSums()
    {
        bool same = true;
        for (int round = 0; round < 50; round++)
        {
            double a = 0;
            double b = 1;
            for (int i = 1; i <= 20_000; i++)
            {
                a += i * 0.5;
                b += i * 0.25;
            }

            same &= a == 100_005_000 && b == 50_002_501;
        }

        return same;
    }

    /// <summary>An interrupt handler that uses vector registers for itself.</summary>
    private static void Disturb(byte vector)
    {
        double noise = s_noise;
        for (int i = 0; i < 16; i++)
        {
            noise = (noise * 1.5) + i;
        }

        s_noise = noise > 1e100 ? 1 : noise;
        Volatile.Write(ref s_interrupts, s_interrupts + 1);
        LocalApic.EndOfInterrupt();
    }
}
