using System.IO;
using Spectre.Console;
using TestRunner.Cli;
using TestRunner.KernelTests;
using Xunit;

namespace TestRunner.Tests;

public class CoreColoursTests
{
    private const string Core0 = "\u001B[38;5;14m";
    private const string Core1 = "\u001B[38;5;10m";
    private const string End = "\u001B[0m";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Core[1] is up", $"{Core1}Core[1] is up{End}")]
    [InlineData("on core 1: hello from core 1", $"{Core1}on core 1: hello from core 1{End}")]
    [InlineData("Core[0] -> Core[1]: ping", $"{Core0}Core[0]{End} -> {Core1}Core[1]{End}: ping")]
    [InlineData("[bold]score 1[/]", "[bold]score 1[/]")]
    public void A_line_is_in_the_colours_of_the_cores_that_it_names(string line, string painted) => Assert.Equal(painted, Painted(line));

    [Fact]
    public void A_frame_of_a_test_report_stands_back() =>
        Assert.Equal($"\u001B[38;5;8m#kt t 0 0 end ~{Crc32.Of("#kt t 0 0 end"):x8}{End}", Painted($"#kt t 0 0 end ~{Crc32.Of("#kt t 0 0 end"):x8}"));

    [Fact]
    public void A_panic_is_red_and_bold_whatever_core_it_names() =>
        Assert.Equal($"\u001B[1;38;5;9mPANIC on core 1: x{End}", Painted("PANIC on core 1: x"));

    private static string Painted(string line)
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.EightBit,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 200;
        console.Write(CoreColours.Paint(line));
        return writer.ToString();
    }
}
