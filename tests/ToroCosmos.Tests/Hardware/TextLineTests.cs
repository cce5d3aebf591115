using System.Text;
using ToroCosmos.Hardware;
using Xunit;

namespace ToroCosmos.Tests.Hardware;

public sealed class TextLineTests
{
    [Fact]
    public void Text_is_appended_with_a_question_mark_for_each_character_outside_ASCII() =>
        Assert.Equal("Core[1]: gr??e", Text(new TextLine().Append("Core[").Append(1).Append("]: grüße")));

    [Fact]
    public void What_does_not_fit_is_cut_off() => Assert.Equal("Core[", Text(new TextLine(5).Append("Core[").Append("1]")));

    private static string Text(TextLine line) => Encoding.ASCII.GetString(line.Text);
}
