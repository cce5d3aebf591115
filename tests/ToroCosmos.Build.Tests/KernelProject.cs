using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>A small kernel in a folder of its own, built with the repository's targets.</summary>
public sealed class KernelProject : IAsyncLifetime
{
    private const string FirstProgram = """ToroCosmos.Platform.MachineConsole.WriteLine("small");""";

    /// <summary>A build takes seconds; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ToroCosmos.Build.");

    private static string Configuration { get; } = typeof(KernelProject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Configuration").Value!;

    /// <summary>Where the steps leave what they make.</summary>
    private string Intermediate => Path.Combine(_folder.FullName, "obj", Configuration, "net10.0", "native");

    public async Task InitializeAsync()
    {
        string runtime = Repository.File("ToroCosmos.NativeAot");
        await System.IO.File.WriteAllTextAsync(
            File("Small.csproj"),
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{runtime}/build/ToroCosmos.NativeAot.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{runtime}/ToroCosmos.NativeAot.csproj" />
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{runtime}/build/ToroCosmos.NativeAot.targets" />
            </Project>
            """);
        await WriteProgramAsync();
        await RunAsync("dotnet", "restore", "--nologo");
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes some lines the kernel's program; none, its first one again.</summary>
    public async Task WriteProgramAsync(string program = FirstProgram)
    {
        string file = File("Program.cs");
        if (!System.IO.File.Exists(file) || await System.IO.File.ReadAllTextAsync(file) != program)
        {
            await System.IO.File.WriteAllTextAsync(file, program);
        }
    }

    /// <summary>Builds the kernel, whose project sets no properties but those that are given.</summary>
    public Task<ProgramResult> TryBuildAsync(params string[] properties) => RunTargetAsync(null, "Build", properties);

    /// <summary>Builds the kernel, which must succeed.</summary>
    public async Task<ProgramResult> BuildAsync(params string[] properties) => Succeeded(await TryBuildAsync(properties));

    /// <summary>Runs one target of the build.</summary>
    /// <param name="path">The folder in which programs are found; null for those of the system.</param>
    /// <param name="target">The target.</param>
    /// <param name="properties">Properties, as NAME=VALUE.</param>
    public Task<ProgramResult> RunTargetAsync(string? path, string target, params string[] properties) => StartAsync(
        path,
        "dotnet",
        ["msbuild", $"-target:{target}", "--nologo", "--verbosity:minimal", $"-property:Configuration={Configuration}",
            // What the tests' own build has built.
            "-property:BuildProjectReferences=false",
            .. properties.Select(property => $"-property:{property}")]);

    /// <summary>The path of a file of the project.</summary>
    public string File(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    /// <summary>When each step of the build left its output.</summary>
    public BuildTimes Times() => new(
        System.IO.File.GetLastWriteTimeUtc(Path.Combine(Intermediate, "managed.o")),
        System.IO.File.GetLastWriteTimeUtc(Path.Combine(Intermediate, "entry.o")),
        System.IO.File.GetLastWriteTimeUtc(File("artifacts", "Small.elf")),
        System.IO.File.GetLastWriteTimeUtc(File("artifacts", "Small.iso")));

    private static ProgramResult Succeeded(ProgramResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    /// <summary>Runs a program of the system, which must succeed, in the project's folder.</summary>
    public async Task<ProgramResult> RunAsync(string program, params string[] arguments) =>
        Succeeded(await StartAsync(null, program, arguments));

    private async Task<ProgramResult> StartAsync(string? path, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Find(program), arguments)
        {
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["PATH"] = path ?? start.Environment["PATH"];

        return await ProgramRun.ToEndAsync(start, s_limit);
    }
}
