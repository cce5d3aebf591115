using System;
using System.Diagnostics;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// The rounds of one value, timed in batches of which the median counts: whoever is scheduled away for a moment spoils a
/// batch and not the value.
/// </summary>
/// <param name="count">How many batches.</param>
/// <param name="rounds">How many rounds each has.</param>
/// <param name="clock">The time, in ticks of <see cref="Stopwatch"/>; null for its own.</param>
public sealed class Batches(int count, int rounds, Func<long>? clock = null)
{
    private readonly Func<long> _clock = clock ?? Stopwatch.GetTimestamp;
    private readonly double[] _times = new double[count];

    /// <summary>The rounds of all batches together: what the other cores do.</summary>
    public int AllRounds => count * rounds;

    /// <summary>Does all batches.</summary>
    /// <param name="run">Does so many rounds.</param>
    public void Time(Action<int> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        for (int i = 0; i < count; i++)
        {
            long begin = _clock();
            run(rounds);
            _times[i] = (_clock() - begin) * (1e9 / Stopwatch.Frequency);
        }
    }

    /// <summary>Nanoseconds of the batch in the middle; the batches have been done.</summary>
    public double MedianBatch()
    {
        Array.Sort(_times);
        return _times[count / 2];
    }
}
