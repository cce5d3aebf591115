using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class TranscriptTests
{
    private static readonly Transcript s_transcript = new(["a", "b"]);

    [Fact]
    public void The_same_lines_have_no_difference() => Assert.Null(s_transcript.Compare(["a", "b"], afterFirmware: false));

    [Fact]
    public void A_missing_line_is_a_difference() =>
        Assert.Equal(new TranscriptDifference(2, "b", null), s_transcript.Compare(["a"], afterFirmware: false));

    [Fact]
    public void A_line_too_many_is_a_difference() =>
        Assert.Equal(new TranscriptDifference(3, null, "c"), s_transcript.Compare(["a", "b", "c"], afterFirmware: false));

    [Fact]
    public void Order_matters() =>
        Assert.Equal(new TranscriptDifference(1, "a", "b"), s_transcript.Compare(["b", "a"], afterFirmware: false));

    [Fact]
    public void A_longer_line_is_a_difference() =>
        Assert.Equal(new TranscriptDifference(1, "a", "xa"), s_transcript.Compare(["xa", "b"], afterFirmware: false));

    [Fact]
    public void Firmware_may_print_before_the_first_line_and_on_it() =>
        Assert.Null(s_transcript.Compare(["BdsDxe: starting", "Booting a", "b"], afterFirmware: true));

    [Fact]
    public void Firmware_may_not_print_in_between() =>
        Assert.Equal(new TranscriptDifference(2, "b", "x"), s_transcript.Compare(["a", "x", "b"], afterFirmware: true));

    [Fact]
    public void Firmware_alone_is_no_transcript() =>
        Assert.Equal(new TranscriptDifference(1, "a", "BdsDxe"), s_transcript.Compare(["BdsDxe"], afterFirmware: true));

    [Theory]
    [InlineData("b", "c", "line 2: expected \"b\", but got \"c\"")]
    [InlineData("b", null, "line 2: expected \"b\", but the output ended")]
    [InlineData(null, "c", "line 2: expected the end of the output, but got \"c\"")]
    public void A_difference_says_what_was_expected_and_what_came(string? expected, string? actual, string message) =>
        Assert.Equal(message, new TranscriptDifference(2, expected, actual).ToString());
}
