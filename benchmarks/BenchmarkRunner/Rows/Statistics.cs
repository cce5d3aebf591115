using System;
using System.Collections.Generic;
using System.Linq;

namespace BenchmarkRunner.Rows;

/// <summary>Sums up values.</summary>
public static class Statistics
{
    /// <summary>The value in the middle; of an even number, halfway between the two in the middle.</summary>
    /// <param name="values">At least one.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length switch
        {
            0 => throw new ArgumentException("There is no median of nothing.", nameof(values)),
            int count when count % 2 == 1 => sorted[middle],
            _ => (sorted[middle - 1] + sorted[middle]) / 2,
        };
    }

    /// <summary>A value with so many digits that no more than noise is left out.</summary>
    public static double Round(double value)
    {
        const int Digits = 5;
        if (value == 0)
        {
            return 0;
        }

        int decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals >= 0 ? Math.Round(value, Math.Min(decimals, 15)) : Math.Round(value);
    }
}
