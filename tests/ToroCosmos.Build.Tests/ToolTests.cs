using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>What a kernel is built with and is not there is named, with what to install.</summary>
[Collection(nameof(KernelProjectCollection))]
public sealed class ToolTests(KernelProject kernel) : IDisposable
{
    /// <summary>Every program that the steps run, and the shell that MSBuild runs them in.</summary>
    private static readonly string[] s_programs = ["sh", "nasm", "ld", "nm", "objcopy", "strip", "awk", "readelf", "sort", "grub-mkimage", "xorriso", "mformat", "mmd", "mcopy"];

    private readonly DirectoryInfo _path = Directory.CreateTempSubdirectory("ToroCosmos.Path.");

    public void Dispose() => _path.Delete(recursive: true);

    [Theory]
    [InlineData("nasm", "nasm")]
    [InlineData("ld", "binutils")]
    [InlineData("nm", "binutils")]
    [InlineData("objcopy", "binutils")]
    [InlineData("strip", "binutils")]
    [InlineData("awk", "mawk")]
    [InlineData("grub-mkimage", "grub-common")]
    [InlineData("xorriso", "xorriso")]
    [InlineData("mformat", "mtools")]
    [InlineData("mmd", "mtools")]
    [InlineData("mcopy", "mtools")]
    public async Task A_missing_program_is_named_with_its_package(string program, string package)
    {
        ProgramResult result = await kernel.RunTargetAsync(PathWithout(program), "ToroCheckTools");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error TORO001: Programs that a kernel is built with are missing; install " + program + " (Debian: " + package, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MSB", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("readelf", "binutils")]
    [InlineData("sort", "coreutils")]
    public async Task What_only_a_table_of_lines_needs_is_missing_only_then(string program, string package)
    {
        string path = PathWithout(program);
        ProgramResult without = await kernel.RunTargetAsync(path, "ToroCheckTools", "ToroLineTable=false");
        ProgramResult with = await kernel.RunTargetAsync(path, "ToroCheckTools", "ToroLineTable=true");

        Assert.True(without.ExitCode == 0, without.ToString());
        Assert.Contains($"install {program} (Debian: {package}", with.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_missing_where_every_program_is_there()
    {
        ProgramResult result = await kernel.RunTargetAsync(PathWithout(""), "ToroCheckTools");

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task The_build_ends_with_that_error_and_no_other()
    {
        ProgramResult result = await kernel.RunTargetAsync(PathWithout("nasm"), "Build");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(["TORO001"], result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(line => line.Split(": error ")[1].Split(':')[0]).Distinct());
    }

    [Fact]
    public async Task Without_an_iso_its_tools_are_not_needed()
    {
        ProgramResult result = await kernel.RunTargetAsync(
            PathWithout("strip", "grub-mkimage", "xorriso", "mformat", "mmd", "mcopy"), "ToroCheckTools", "ToroIso=false");

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Theory]
    [InlineData("ToroFont", "grub-common")]
    [InlineData("ToroMathLibrary", "musl-dev")]
    [InlineData("ToroGrubModules", "grub-pc-bin")]
    public async Task A_missing_file_is_named_with_its_package(string property, string package)
    {
        ProgramResult result = await kernel.RunTargetAsync(null, "ToroCheckTools", property + "=/nowhere/to-be-found");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error TORO002: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("/nowhere/to-be-found", result.Output, StringComparison.Ordinal);
        Assert.Contains(package, result.Output, StringComparison.Ordinal);
    }

    /// <summary>A folder with all programs but some.</summary>
    private string PathWithout(params string[] missing)
    {
        foreach (string program in s_programs.Except(missing))
        {
            File.CreateSymbolicLink(Path.Combine(_path.FullName, program), Programs.Find(program));
        }

        return _path.FullName;
    }
}
