using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>What docs/debugging.md tells its reader works: the session with gdb, line by line, and the files for VS Code.</summary>
[Collection(nameof(KernelProjectCollection))]
public class DebuggingGuideTests(KernelProject kernel)
{
    private const string Name = "Small";

    [SkippableTheory]
    [InlineData("Small.elf", "bios")]
    [InlineData("Small.iso", "bios")]
    [InlineData("Small.iso", "uefi")]
    public async Task The_session_of_the_guide_goes_as_it_says(string image, string firmware)
    {
        Skip.If(Programs.TryFind("gdb") is null, "There is no gdb.");
        Skip.If(firmware == "uefi" && UefiFirmware.Find() is null, "There is no UEFI firmware.");
        await BuildAsync();
        string script = kernel.File("guide.gdb");
        await File.WriteAllLinesAsync(
            script,
            ["set pagination off", "set confirm off", "set trace-commands on", .. DebuggingGuide.Session.Select(step => step.Command)]);

        await using DebuggedMachine machine =
            await DebuggedMachine.StartAsync("run", kernel.File("artifacts", image), "--firmware", firmware, "--gdb");
        ProgramResult session = await machine.DebugAsync(script);
        ProgramResult end = await machine.EndAsync();

        // Intel SDM 3A, 10.1.4 First Instruction Executed: nothing has run yet.
        Assert.StartsWith("0x000000000000fff0 in ", session.Output, StringComparison.Ordinal);
        Follow(session);
        Assert.Contains("TestRunner: interrupted: gdb ended the machine", end.Errors, StringComparison.Ordinal);
        Assert.Equal(130, end.ExitCode);
    }

    [SkippableFact]
    public async Task The_files_for_vs_code_start_a_machine_and_connect_to_it()
    {
        Skip.If(Programs.TryFind("gdb") is null, "There is no gdb.");
        await BuildAsync();
        string folder = kernel.File();
        string[] files = [.. DebuggingGuide.JsonFiles.Select(text => DebuggingGuide.WithName(text, Name).Replace("${workspaceFolder}", folder, StringComparison.Ordinal))];
        JsonElement launch = Parse(files[0]).GetProperty("configurations").EnumerateArray().Single();
        JsonElement[] tasks = [.. Parse(files[1]).GetProperty("tasks").EnumerateArray()];
        JsonElement waits = tasks.Single(task => Text(task, "label") == Text(launch, "preLaunchTask"));
        JsonElement builds = tasks.Single(task => Text(task, "label") == Text(waits, "dependsOn"));
        string[] command = Words(waits);
        int port = int.Parse(command[^1].Split('=')[1], CultureInfo.InvariantCulture);

        // Another machine may be debugged on this computer.
        int free = GdbPort.Choose(null);
        Assert.Equal(["dotnet", "build"], Words(builds)[..2]);
        Assert.Equal(["dotnet", "tool", "run", "torocosmos-testrunner"], command[..4]);
        Assert.Equal($"localhost:{port}", Text(launch, "miDebuggerServerAddress"));
        await using DebuggedMachine machine = await DebuggedMachine.StartAsync([.. command[4..^1], $"--gdb={free}"]);
        Assert.Matches(Text(waits.GetProperty("problemMatcher").GetProperty("background"), "endsPattern"), machine.Announcement);
        Assert.Equal(command[5], Text(launch, "program"));

        // As the extension does it.
        string script = kernel.File("vscode.gdb");
        await File.WriteAllLinesAsync(
            script,
            [
                .. launch.GetProperty("setupCommands").EnumerateArray().Select(setup => Text(setup, "text")),
                $"interpreter-exec mi \"-file-exec-and-symbols '{Text(launch, "program")}'\"",
                "interpreter-exec mi \"-break-insert -f Program.cs:21\"",
                "continue",
                "info line", "set confirm off",
                "kill",
            ]);
        ProgramResult session = await machine.DebugAsync(script);

        Assert.Matches("""bkpt=\{number="1",type="breakpoint".*file="[^"]*Program.cs".*line="21" """.Trim(), session.Output);
        Assert.True(session.Output.Contains("Line 21 of ", StringComparison.Ordinal), session.ToString());
    }

    private async Task BuildAsync()
    {
        await kernel.WriteProgramAsync(DebuggingGuide.Program);
        await kernel.BuildAsync("Optimize=false");
    }

    /// <summary>After each command come the lines of the guide, in their order; others may stand between them.</summary>
    private static void Follow(ProgramResult session)
    {
        Assert.NotEmpty(DebuggingGuide.Session);
        string[] lines = session.Output.Split('\n');
        int at = 0;
        foreach ((string command, string[] output) in DebuggingGuide.Session)
        {
            at = Array.IndexOf(lines, "+" + command, at) + 1;
            Assert.True(at > 0, $"gdb did not come to '{command}':\n{session}");
            foreach (string line in output)
            {
                string pattern = PatternOf(DebuggingGuide.WithName(line, Name));
                at = Array.FindIndex(lines, at, candidate => Regex.IsMatch(candidate, pattern)) + 1;
                Assert.True(at > 0, $"After '{command}' no line is '{line}':\n{session}");
            }
        }
    }

    /// <summary>Dots stand for anything. Addresses differ, and so do the numbers of values and what a core is doing.</summary>
    private static string PatternOf(string line)
    {
        string pattern = Regex.Escape(line).Replace(@"\.\.\.", ".*", StringComparison.Ordinal);
        pattern = Regex.Replace(pattern, "0x[0-9a-f]+", "0x[0-9a-f]+");
        pattern = pattern.Replace(@"\[running]", @"\[(running|halted )\]", StringComparison.Ordinal);
        return $"^{pattern}$";
    }

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string[] Words(JsonElement task) =>
        [Text(task, "command"), .. task.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)];
}
