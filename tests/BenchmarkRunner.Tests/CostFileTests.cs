using System.IO;
using BenchmarkRunner.Costs;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class CostFileTests
{
    private static readonly CostRecord s_record = new(
        "QEMU 7.2.22", "10.0.12", [new("send", 64, 143.56254), new("boot-main", 0, 408644), new("send", 8, 100.5)]);

    [Fact]
    public void Rows_are_sorted_and_have_a_line_each() => Assert.Equal(
        """
        {
          "qemu": "QEMU 7.2.22",
          "runtime": "10.0.12",
          "costs": [
            {"name":"boot-main","bytes":0,"instructions":408644},
            {"name":"send","bytes":8,"instructions":100.5},
            {"name":"send","bytes":64,"instructions":143.5625}
          ]
        }

        """.ReplaceLineEndings("\n"),
        CostFile.Format(s_record));

    [Fact]
    public void What_was_written_is_read_again()
    {
        string text = CostFile.Format(s_record);
        Assert.Equal(text, CostFile.Format(CostFile.Parse(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"qemu\":\"\",\"runtime\":\"\"}")]
    [InlineData("{\"qemu\":\"\",\"runtime\":\"\",\"costs\":[{\"name\":\"send\",\"instructions\":1}]}")]
    [InlineData("{\"qemu\":\"\",\"runtime\":\"\",\"costs\":[{\"name\":\"send\",\"bytes\":8,\"instructions\":1,\"ticks\":1}]}")]
    public void A_file_of_something_else_is_refused(string text) => Assert.Throws<InvalidDataException>(() => CostFile.Parse(text));

    [Fact]
    public void A_row_that_is_there_twice_is_refused()
    {
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(
            () => CostFile.Parse(CostFile.Format(s_record with { Costs = [new("send", 8, 1), new("send", 8, 2)] })));
        Assert.Equal("The row 'send, 8 bytes' is recorded twice.", refusal.Message);
    }
}
