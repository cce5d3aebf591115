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

        const string Alone = "One core has nobody to talk to.\n";
        Assert.Equal(Alone, await workshop.BootAsync(images[0], cores: 1, "--expect", Lines(folder, Alone)));
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
}
