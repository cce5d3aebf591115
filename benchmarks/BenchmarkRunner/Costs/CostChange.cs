using System;
using System.Globalization;

namespace BenchmarkRunner.Costs;

/// <summary>A row as it was counted beside what is recorded of it; one of the two is there.</summary>
/// <param name="Counted">What was counted; null when the row is only in the record.</param>
/// <param name="Recorded">What is recorded; null when the row is new.</param>
public sealed record CostChange(CountedCost? Counted, CountedCost? Recorded)
{
    /// <summary>By what part of the recorded number a count may differ from it.</summary>
    public const double Tolerance = 0.03;

    private CountedCost Row => Counted ?? Recorded ?? throw new InvalidOperationException("There is no row.");

    /// <summary>The row's name.</summary>
    public string Name => Row.Name;

    /// <summary>The length of its messages; 0 where there are none.</summary>
    public int Bytes => Row.Bytes;

    /// <summary>The part of the recorded number by which the count is more; null without both.</summary>
    public double? Growth => Counted is null || Recorded is null ? null
        : Recorded.Instructions == 0 ? (Counted.Instructions == 0 ? 0 : double.PositiveInfinity)
        : (Counted.Instructions / Recorded.Instructions) - 1;

    public CostVerdict Verdict
    {
        get
        {
            if (Counted is null || Recorded is null)
            {
                return Counted is null ? CostVerdict.NotCounted : CostVerdict.NotRecorded;
            }

            double more = Counted.Instructions - Recorded.Instructions;
            return Math.Abs(more) <= Tolerance * Recorded.Instructions ? CostVerdict.Same
                : more > 0 ? CostVerdict.Grew
                : CostVerdict.Shrank;
        }
    }

    /// <summary>What is wrong, in a line with the row and both numbers; null when nothing is.</summary>
    public string? Describe() => Verdict switch
    {
        CostVerdict.Grew => $"{Row.Title}: costs {Numbers}: make it as cheap as it was, or accept what it costs",
        CostVerdict.Shrank => $"{Row.Title}: costs {Numbers}: cheaper than recorded, so record it, or it may grow back unseen",
        CostVerdict.NotRecorded => $"{Row.Title}: costs {Number(Counted!)} instructions, and nothing is recorded of it",
        CostVerdict.NotCounted => $"{Row.Title}: {Number(Recorded!)} instructions are recorded, and it was not counted",
        _ => null,
    };

    private string Numbers => string.Create(
        CultureInfo.InvariantCulture, $"{Number(Counted!)} instructions, {Number(Recorded!)} are recorded ({Growth:+0.0 %;-0.0 %})");

    private static string Number(CountedCost cost) => cost.Instructions.ToString("0.##", CultureInfo.InvariantCulture);
}
