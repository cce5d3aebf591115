using System;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class StatisticsTests
{
    [Fact]
    public void The_median_of_an_odd_number_is_the_one_in_the_middle() => Assert.Equal(3, Statistics.Median([9, 1, 3]));

    [Fact]
    public void The_median_of_an_even_number_lies_halfway() => Assert.Equal(2.5, Statistics.Median([4, 1, 2, 3]));

    [Fact]
    public void One_outlier_does_not_move_the_median() => Assert.Equal(2, Statistics.Median([2, 2, 1_000_000, 2, 2]));

    [Fact]
    public void There_is_no_median_of_nothing() => Assert.Throws<ArgumentException>(() => Statistics.Median([]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(73.9012744, 73.901)]
    [InlineData(0.00792768, 0.0079277)]
    [InlineData(218_712.44, 218_712)]
    [InlineData(-1.234567, -1.2346)]
    public void Values_keep_five_digits_and_never_lose_whole_ones(double value, double rounded) =>
        Assert.Equal(rounded, Statistics.Round(value));
}
