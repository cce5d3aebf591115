using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class LineSplitterTests
{
    [Theory]
    [InlineData("one\r\ntwo\n", "one", "two")]
    [InlineData("one\r\r\n", "one")]
    [InlineData("\n\r\n", "", "")]
    [InlineData("one\n\rtwo\n\r", "one", "two")]
    [InlineData("a\rb\n", @"a\x0Db")]
    [InlineData("\u00FF\0\u0080a\n", @"\xFF\x00\x80a")]
    [InlineData("\t\n", @"\x09")]
    [InlineData("\u001B[2J\u001B[01;01H\u001B[=3hone\n", "one")]
    [InlineData("\u001Bcone\n", "one")]
    [InlineData("\u001B\none\n", "", "one")]
    [InlineData("\u001B[\none\n", "", "one")]
    public void Bytes_become_lines(string bytes, params string[] lines)
    {
        byte[] input = Encoding.Latin1.GetBytes(bytes);

        Assert.Equal(lines, new LineSplitter().Add(input));

        // The pieces in which bytes come make no difference.
        var splitter = new LineSplitter();
        Assert.Equal(lines, input.SelectMany(value => splitter.Add([value])));
    }

    [Fact]
    public void A_line_without_end_is_kept_apart()
    {
        var splitter = new LineSplitter();

        Assert.Empty(splitter.Add("tail"u8));
        Assert.True(splitter.HasUnfinishedLine);
        Assert.Equal("tail", splitter.TakeUnfinishedLine());
        Assert.False(splitter.HasUnfinishedLine);
    }

    [Fact]
    public void Endless_output_without_line_breaks_is_cut()
    {
        var splitter = new LineSplitter();

        IReadOnlyList<string> lines = splitter.Add(Enumerable.Repeat((byte)'x', 3 * LineSplitter.MaximumLineLength).ToArray());

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(LineSplitter.MaximumLineLength, line.Length));
    }

    [Fact]
    public void Random_bytes_never_break_it()
    {
        var random = new Random(1);
        byte[] bytes = new byte[100_000];
        random.NextBytes(bytes);

        Assert.All(new LineSplitter().Add(bytes), line => Assert.All(line, c => Assert.InRange(c, ' ', '~')));
    }
}
