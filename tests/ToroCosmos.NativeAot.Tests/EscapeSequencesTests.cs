using System.Linq;
using System.Text;
using ToroCosmos.NativeAot.Console;
using Xunit;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>What a screen without colours shows of text with them.</summary>
public class EscapeSequencesTests
{
    [Theory]
    [InlineData("plain [31m text", "plain [31m text")]
    [InlineData("\x1b[31mred\x1b[39;49m", "red")]
    [InlineData("a\x1b[Hb\x1b[?25lc", "abc")]
    [InlineData("\x1b\x1b[mx", "[mx")]
    [InlineData("\u001b7saved", "saved")]
    [InlineData("open\x1b[12", "open")]
    public void Sequences_are_taken_out_of_the_text(string text, string shown)
    {
        EscapeSequences sequences = default;
        byte[] left = [.. Encoding.ASCII.GetBytes(text).Where(character => !sequences.Take(character))];

        Assert.Equal(shown, Encoding.ASCII.GetString(left));
    }
}
