using System;
using System.Linq;
using System.Text.RegularExpressions;
using BenchmarkRunner.Plots;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class GnuplotScriptTests
{
    private static readonly Row s_bus = new("bus-oneway", "guest", 2, 8, "ns", 187.5, 150, 220, 62.5, 3);

    [Fact]
    public void A_subject_is_a_line_of_its_medians_with_their_spread_over_the_length()
    {
        string script = GnuplotScript.Create([s_bus with { Bytes = 1024, Median = 900 }, s_bus], "bench.svg")!;
        Assert.Contains($"8 187.5 150 220{Environment.NewLine}1024 900 150 220", script, StringComparison.Ordinal);
        Assert.Contains("title 'bus'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_floor_is_a_level_line()
    {
        string script = GnuplotScript.Create([s_bus, s_bus with { Name = "flag-oneway", Bytes = 4, Median = 62.5 }], "bench.svg")!;
        Assert.Contains("62.5 with lines", script, StringComparison.Ordinal);
        Assert.Contains("'floor (flag)'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Peers_of_the_same_place_share_the_panel()
    {
        string script = GnuplotScript.Create([s_bus, s_bus with { Name = "mpich-oneway" }], "bench.svg")!;
        Assert.Contains("title 'mpich'", script, StringComparison.Ordinal);
        Assert.Equal(2, script.Split("set title").Length);
    }

    [Fact]
    public void Every_subject_has_a_colour_of_its_own()
    {
        string[] subjects =
        [
            "queue", "bus", "bus-batch", "bus-checked", "bus-in-place", "bus-large", "spsc-ring",
            "channel-bounded", "channel-unbounded", "concurrent-queue", "linux-ring", "openmpi", "mpich",
        ];
        string script = GnuplotScript.Create([.. subjects.Select(name => s_bus with { Name = $"{name}-oneway" })], "bench.svg")!;

        string[] colours = [.. Regex.Matches(script, "pointsize 1.1 linecolor '(#[0-9a-f]+)'").Select(match => match.Groups[1].Value)];
        Assert.Equal(subjects.Length, colours.Distinct().Count());
    }

    [Fact]
    public void A_point_whose_floor_was_never_quiet_is_marked_as_such()
    {
        Row quiet = s_bus with { Values = 15, Quiet = 3 };
        Assert.DoesNotContain("floor never quiet", GnuplotScript.Create([quiet], "bench.svg"), StringComparison.Ordinal);
        string script = GnuplotScript.Create([quiet, s_bus with { Bytes = 64, Median = 300, Values = 15, Quiet = 0 }], "bench.svg")!;
        Assert.Contains($"disturbed << END{Environment.NewLine}64 300{Environment.NewLine}END", script, StringComparison.Ordinal);
        Assert.Contains("title 'floor never quiet'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_has_a_background_of_its_own_so_that_it_is_readable_on_a_dark_page() => Assert.Contains(
        "set terminal svg", GnuplotScript.Create([s_bus], "bench.svg")!.Split('\n').Single(line => line.Contains("background '#ffffff'", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_quote_in_the_path_does_not_end_it() =>
        Assert.Contains("set output 'it''s.svg'", GnuplotScript.Create([s_bus], "it's.svg"), StringComparison.Ordinal);

    [Fact]
    public void Without_anything_over_the_length_there_is_no_plot() =>
        Assert.Null(GnuplotScript.Create([s_bus with { Name = "bus-wake" }], "bench.svg"));
}
