using System.Collections.Generic;
using System.Linq;
using System.Text;
using TestRunner.KernelTests;
using Xunit;

namespace ToroCosmos.KernelTesting.Tests;

/// <summary>What the kernel writes, TestRunner reads.</summary>
public class FrameWriterTests
{
    private readonly List<string> _lines = [];
    private readonly FrameWriter _writer = new(0x0badcafe, 0);

    [Fact]
    public void A_report_is_read_as_it_was_meant()
    {
        Plan("ordinary");
        Take(_writer.Begin("start"u8).Field("test"u8, 0).End());
        Take(_writer.Begin("pass"u8).Field("test"u8, 0).Field("microseconds"u8, 12).End());
        Take(_writer.Begin("end"u8).Field("passed"u8, 1).Field("failed"u8, 0).Field("skipped"u8, 0).End());

        KernelTestReport report = KernelTestParser.Parse(_lines);

        Assert.Empty(report.Problems);
        Assert.True(report.Succeeded);
        Assert.StartsWith("#kt 0badcafe 0 0 plan version=1 ", _lines[0]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("\"quoted\" and \\ and \\n and =")]
    [InlineData("two\nlines")]
    [InlineData("#kt 0badcafe 0 1 pass test=0 ~12345678")]
    public void Text_arrives_as_it_is(string text)
    {
        Plan(text);

        Assert.Equal(text, KernelTestParser.Parse(_lines).Results[0].Name);
    }

    [Fact]
    public void Characters_outside_ascii_become_question_marks()
    {
        Plan("Grüße\r\t");

        Assert.Equal("Gr??e?", KernelTestParser.Parse(_lines).Results[0].Name);
    }

    [Fact]
    public void Long_text_is_cut_off_and_the_line_stays_whole()
    {
        Plan(new string('"', 2000), new string('\\', 2000));

        KernelTestResult result = KernelTestParser.Parse(_lines).Results[0];

        Assert.True(result.Name.Length > 100 && result.Name.All(character => character == '"'));
        Assert.True(result.Id.Length > 100);
        Assert.All(_lines, line => Assert.True(line.Length <= 1024));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Numbers_are_decimal(long number)
    {
        Take(_writer.Begin("x"u8).Field("n"u8, number).End());

        Assert.Contains($" n={number} ~", _lines[0]);
    }

    [Fact]
    public void The_largest_unsigned_number_is_decimal()
    {
        Take(_writer.Begin("x"u8).BeginText("n"u8).Number(ulong.MaxValue).EndText().End());

        Assert.Contains($" n=\"{ulong.MaxValue}\" ~", _lines[0]);
    }

    private void Plan(string name, string id = "A.B")
    {
        Take(_writer.Begin("plan"u8).Field("version"u8, 1).Field("mode"u8, "run"u8).Field("tests"u8, 1).Field("cores"u8, 1).End());
        Take(_writer.Begin("test"u8).Field("test"u8, 0).Field("core"u8, 0).Field("id"u8, id).Field("name"u8, name)
            .Field("at"u8, "A.cs:1").End());
    }

    private void Take(FrameWriter writer) => _lines.Add(Encoding.ASCII.GetString(writer.Line));
}
