using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>Kernels that are made of the packages' own examples, in fresh projects.</summary>
[Collection(nameof(WorkshopCollection))]
public class KernelTests(Workshop workshop)
{
    [Fact]
    public async Task A_fresh_nativeaot_kernel_gets_its_pongs()
    {
        Readme readme = Readme.Of("ToroCosmos.NativeAot");

        string folder = await BuildNativeAotAsync(readme);

        string[] images = [Path.Combine(folder, "artifacts", "MyKernel.elf"), Path.Combine(folder, "artifacts", "MyKernel.iso")];
        foreach (string image in images)
        {
            Assert.Equal(readme["text"], await workshop.BootAsync(image, "--expect", Lines(folder, readme["text"])));
        }
    }

    [Fact]
    public async Task A_fresh_kernel_with_tests_passes_them()
    {
        string folder = await BuildNativeAotAsync(Readme.Of("ToroCosmos.KernelTesting"));

        string output = await workshop.BootAsync(Path.Combine(folder, "artifacts", "MyKernel.elf"), "--tests");

        Assert.Contains("end passed=2 failed=0 skipped=0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_of_the_template_runs_and_passes_its_tests()
    {
        Readme readme = Readme.Of("ToroCosmos.Templates");
        string folder = workshop.NewFolder("templates");
        string hive = Path.Combine(folder, "hive");
        await workshop.DotnetAsync(folder, "new", "install", Package.FileOf("ToroCosmos.Templates"), "--debug:custom-hive", hive);
        await workshop.DotnetAsync(folder, "new", "torocosmos-kernel", "-n", "Otter", "--debug:custom-hive", hive);
        string solution = Path.Combine(folder, "Otter");
        await workshop.DotnetAsync(solution, "tool", "restore", "--add-source", Package.Folder);
        string kernel = Path.Combine(solution, "Otter");
        string tests = Path.Combine(solution, "Otter.Tests");
        await workshop.BuildAsync(kernel);
        await workshop.BuildAsync(tests);

        // What the launch profile boots, in the words of TestRunner, which is content.
        string run = await workshop.DotnetAsync(solution, "run", "--no-build", "--project", kernel);
        string tested = await workshop.DotnetAsync(solution, "run", "--no-build", "--project", tests);

        Assert.EndsWith(readme["text"], run, StringComparison.Ordinal);
        Assert.Contains("end passed=2 failed=0 skipped=0", tested, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_fresh_cosmos_kernel_gets_its_pongs()
    {
        Skip.If(CosmosKit.Packages is null, "There is no Cosmos user kit.");
        Readme readme = Readme.Of("ToroCosmos.VirtIOBus");
        string folder = workshop.NewFolder("MyKernel");
        await workshop.DotnetAsync(folder, "new", "cosmosCSKernel", "--output", ".");
        await EditAsync(folder, "MyKernel.csproj", ("</Project>", $"<ItemGroup>{readme.Project}</ItemGroup></Project>"));
        await EditAsync(
            folder,
            "Kernel.cs",
            ("using System.Text;", ""),
            ("using System;", $"using System;\n{readme.Usings}"),
            ("get it echoed back.\");", $"get it echoed back.\");\n{readme.Statements}"),
            // A test does not type: the kernel ends where the template's asks for input.
            ("Console.Write(\"Input: \");", "MachinePower.Off(0);"),
            ("$safeprojectname$", "MyKernel"));

        await workshop.BuildAsync(folder, CosmosKit.Packages);

        // The boot loader reads 30 MB from the CD, silently: long on a busy computer.
        string image = Path.Combine(folder, "bin", "cosmos", "Debug", "net6.0", "MyKernel.iso");
        string output = await workshop.BootAsync(
            image, "--expect", Lines(folder, readme["text"]), "--silence", "150s", "--timeout", "180s");
        Assert.Equal(readme["text"], output);
    }

    private async Task<string> BuildNativeAotAsync(Readme readme)
    {
        string folder = workshop.NewFolder("MyKernel");
        await File.WriteAllTextAsync(Path.Combine(folder, "MyKernel.csproj"), readme.Project);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), readme["csharp"]);
        await workshop.BuildAsync(folder);
        return folder;
    }

    private static string Lines(string folder, string lines)
    {
        string file = Path.Combine(folder, "lines.txt");
        File.WriteAllText(file, lines);
        return file;
    }

    private static async Task EditAsync(string folder, string name, params (string Old, string New)[] changes)
    {
        string file = Path.Combine(folder, name);
        string text = await File.ReadAllTextAsync(file);
        foreach ((string old, string @new) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, @new, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(file, text);
    }
}
