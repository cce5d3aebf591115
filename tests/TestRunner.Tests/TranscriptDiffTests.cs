using System.Linq;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class TranscriptDiffTests
{
    [Fact]
    public void The_same_lines_have_no_diff() => Assert.Empty(TranscriptDiff.Of(["a"], ["a"]));

    [Fact]
    public void A_missing_line_is_shown_between_those_around_it() =>
        Assert.Equal(["  b", "  c", "- d", "  e"], TranscriptDiff.Of(["a", "b", "c", "d", "e"], ["a", "b", "c", "e"]));

    [Fact]
    public void Lines_in_the_wrong_order_are_shown_once_each() =>
        Assert.Equal(["- a", "  b", "+ a"], TranscriptDiff.Of(["a", "b"], ["b", "a"]));

    [Fact]
    public void What_came_instead_follows_what_was_expected() =>
        Assert.Equal(["- a", "+ x"], TranscriptDiff.Of(["a"], ["x"]));

    [Fact]
    public void A_long_diff_is_cut_and_says_so()
    {
        string[] lines = [.. Enumerable.Range(0, 100_000).Select(i => $"{i}")];

        Assert.Equal("  (484 more)", TranscriptDiff.Of([], lines)[^1]);
    }
}
