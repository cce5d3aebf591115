using System;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class SampleTests
{
    [Fact]
    public void A_line_of_a_program_is_a_sample() =>
        Assert.Equal(new Sample("bus-oneway", 2, 8, "ns", 187.5), Sample.Read("bench bus-oneway cores=2 bytes=8 ns=187.500000"));

    [Fact]
    public void A_rate_is_a_metric_too() =>
        Assert.Equal(new Sample("bus-stream", 8, 65536, "Mmsg/s", 0.0079), Sample.Read("bench bus-stream cores=8 bytes=65536 Mmsg/s=0.0079"));

    [Theory]
    [InlineData("repetition 1 of 5")]
    [InlineData("waits WaitLengths { PollSteps = 104, PauseSteps = 215 }")]
    [InlineData("")]
    public void Any_other_line_is_none(string line) => Assert.Null(Sample.Read(line));

    [Theory]
    [InlineData("bench bus-oneway cores=2 bytes=8")]
    [InlineData("bench bus-oneway cores=two bytes=8 ns=1")]
    [InlineData("bench bus-oneway cores=2 bytes=-8 ns=1")]
    [InlineData("bench bus-oneway bytes=8 cores=2 ns=1")]
    [InlineData("bench bus-oneway cores=2 bytes=8 ns=NaN")]
    [InlineData("bench bus-oneway cores=2 bytes=8 ns=1,5")]
    [InlineData("bench bus-oneway cores=2 bytes=8 =1")]
    [InlineData("bench bus-oneway cores=2 bytes=8 ns=1 bench bus-wake")]
    public void A_garbled_sample_is_told_and_not_left_out(string line)
    {
        FormatException exception = Assert.Throws<FormatException>(() => Sample.Read(line));
        Assert.Contains(line, exception.Message, StringComparison.Ordinal);
    }
}
