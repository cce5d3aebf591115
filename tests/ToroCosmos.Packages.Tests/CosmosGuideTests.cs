using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>A reader of docs/cosmos.md who does what it says, and nothing else.</summary>
[Collection(nameof(WorkshopCollection))]
public class CosmosGuideTests(Workshop workshop)
{
    private const string Kernel = "MyKernel";

    [SkippableFact]
    public async Task Who_follows_the_guide_gets_a_kernel_whose_cores_answer()
    {
        Skip.If(CosmosKit.Packages is null, "There is no Cosmos user kit.");
        var guide = new CosmosGuide(
            ("KIT_VERSION", CosmosKit.Version),
            ("KIT", Path.GetDirectoryName(CosmosKit.Packages)!),
            ("PACKAGES", Package.Folder),
            ("\"0.2.0\"", $"\"{Package.Version}\""));
        string above = workshop.NewFolder("Guide");
        string folder = Path.Combine(above, Kernel);
        string[] commands = [.. guide.Commands];
        Assert.Equal(4, commands.Length);

        await RunAsync(above, commands[0]);
        await RunAsync(above, commands[1]);
        await WriteAsync(folder, "Kernel.cs", text => AddTo(Replaced(text, guide, "Kernel.cs"), guide));
        await WriteAsync(folder, $"{Kernel}.csproj", text => Replaced(text, guide, $"{Kernel}.csproj").Replace(
            "</Project>", $"<ItemGroup>\n{guide.Reference}\n</ItemGroup>\n</Project>", StringComparison.Ordinal));
        await RunAsync(folder, commands[2]);
        string printed = await RunAsync(folder, commands[3]);

        Assert.Equal(2, guide.Output.Length);
        Assert.Equal(guide.Output, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<string> RunAsync(string folder, string command)
    {
        string[] words = command.Split(' ');
        string program = words[0].StartsWith('.') ? Path.GetFullPath(words[0], folder) : words[0];
        ProgramResult result = await workshop.RunAsync(folder, program, words[1..]);
        Assert.True(result.ExitCode == 0, $"{command}\n{result}");
        return result.Output;
    }

    private static string Replaced(string text, CosmosGuide guide, string file)
    {
        (string old, string @new) = guide.Replacement(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }

    /// <summary>Adds the usings that are not there at the top, and the statements at the end of BeforeRun.</summary>
    private static string AddTo(string program, CosmosGuide guide)
    {
        string usings = string.Join('\n', guide.Usings.Where(line => !program.Contains(line, StringComparison.Ordinal)));
        int begin = program.IndexOf("void BeforeRun()", StringComparison.Ordinal);
        int end = program.IndexOf('}', begin);
        Assert.True(begin >= 0 && end > begin, "The template has no method BeforeRun, or one with blocks in it.");
        return $"{usings}\n{program[..end]}\n{guide.Statements}\n{program[end..]}";
    }

    private static async Task WriteAsync(string folder, string name, Func<string, string> change)
    {
        string file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, change(await File.ReadAllTextAsync(file)));
    }
}
