using System;
using ToroCosmos.Seam;

namespace ToroCosmos.CostKernel;

/// <summary>One thing whose cost is counted.</summary>
/// <param name="Name">What is done, in lower case with dashes: <c>send</c>.</param>
/// <param name="Bytes">The length of a message; 0 where there is none.</param>
/// <param name="Count">How often <paramref name="Ticks"/> does it.</param>
/// <param name="Ticks">Does it, and tells how many ticks of the time-stamp counter passed.</param>
internal sealed record Cost(string Name, int Bytes, int Count, Func<ulong> Ticks)
{
    /// <summary>Enough for every step that only some messages take, such as giving back a quarter of a queue.</summary>
    private const int Repetitions = 16;

    /// <summary>What it costs by itself to look at the counter before and after.</summary>
    private static readonly Cost s_nothing = Of("nothing", 0, 1, () => { });

    /// <summary>A cost of something that can simply be called.</summary>
    /// <param name="name">As in the type.</param>
    /// <param name="bytes">As in the type.</param>
    /// <param name="count">How often <paramref name="run"/> does it.</param>
    /// <param name="run">Does it.</param>
    /// <param name="before">What has to be done before and is not counted.</param>
    /// <param name="after">What has to be done after and is not counted.</param>
    public static Cost Of(string name, int bytes, int count, Action run, Action? before = null, Action? after = null) =>
        new(name, bytes, count, () =>
        {
            before?.Invoke();
            ulong begin = Cpu.ReadTimestamp();
            run();
            ulong ticks = Cpu.ReadTimestamp() - begin;
            after?.Invoke();
            return ticks;
        });

    /// <summary>The ticks of one.</summary>
    public double CountOne()
    {
        // The first time around finds what each call leads to, and fills what is filled once.
        _ = Sum(this);
        _ = Sum(s_nothing);
        return (double)(Sum(this) - Sum(s_nothing)) / (Repetitions * Count);
    }

    private static ulong Sum(Cost cost)
    {
        ulong sum = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            sum += cost.Ticks();
        }

        return sum;
    }
}
