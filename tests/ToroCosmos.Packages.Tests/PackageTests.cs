using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>What lies in the packages and what they say of themselves.</summary>
public class PackageTests
{
    private const string Compiler = "runtime.linux-x64.Microsoft.DotNet.ILCompiler";
    private const string ClassLibrary = "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64";

    private static readonly string s_own = $"[{Package.Version}]";

    private static readonly string[] s_libraries =
        ["ToroCosmos", "ToroCosmos.KernelTesting", "ToroCosmos.Mpi", "ToroCosmos.NativeAot", "ToroCosmos.TestRunner", "ToroCosmos.VirtIOBus"];

    private static readonly string[] s_ids = [.. s_libraries, "ToroCosmos.Templates"];

    public static TheoryData<string> Ids => [.. s_ids];

    public static TheoryData<string> Libraries => [.. s_libraries];

    [Fact]
    public void No_other_package_is_packed()
    {
        Assert.Equal(
            s_ids.Select(id => $"{id}.{Package.Version}").Order(StringComparer.Ordinal),
            Directory.GetFiles(Package.Folder, "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_says_what_it_is_whose_it_is_and_where_it_comes_from(string id)
    {
        using Package package = Package.Open(id);
        NuspecReader nuspec = package.Nuspec;

        Assert.Equal((id, Package.Version), (nuspec.GetId(), nuspec.GetVersion().ToNormalizedString()));
        Assert.Equal("The ToroCosmos authors", nuspec.GetAuthors());
        Assert.NotEmpty(nuspec.GetDescription());
        Assert.Contains("kernel", nuspec.GetTags(), StringComparison.Ordinal);
        Assert.Equal((LicenseType.Expression, "MIT"), (nuspec.GetLicenseMetadata()!.Type, nuspec.GetLicenseMetadata()!.License));
        Assert.Equal("git", nuspec.GetRepositoryMetadata().Type);
        // Sources that were unpacked from an archive have no commit.
        Assert.Matches(Path.Exists(Repository.File(".git")) ? "^[0-9a-f]{40}$" : "^$", nuspec.GetRepositoryMetadata().Commit ?? "");
        Assert.StartsWith($"# {id}\n", Encoding.UTF8.GetString(package.Read(nuspec.GetReadme()!)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_icon_is_a_picture_of_128_by_128(string id)
    {
        using Package package = Package.Open(id);

        byte[] icon = package.Read(package.Nuspec.GetIcon()!);

        // Portable Network Graphics, 5.2 and 11.2.2: the signature, then the chunk IHDR, which begins with the size.
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], icon[..8]);
        Assert.Equal((128u, 128u), (BinaryPrimitives.ReadUInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_library_has_its_symbols(string id)
    {
        using Package package = Package.Open(id);
        using Package symbols = Package.OpenSymbols(id);

        string[] own = [.. package.Files.Where(IsOwnLibrary)];

        Assert.NotEmpty(own);
        Assert.Equal(own.Select(file => Path.ChangeExtension(file, ".pdb")), symbols.Files);
    }

    [Fact]
    public void The_cores_come_for_every_toolchain_with_the_plugs_of_one_and_the_seam_of_another()
    {
        string[] plugs = CosmosKit.Packages is null ? [] : ["buildTransitive/ToroCosmos.props", "cosmos/net6.0/ToroCosmos.Plugs.dll"];

        string[] gen3 = ["buildTransitive/ToroCosmos.targets", "gen3/ToroCosmos.Gen3.dll", "gen3/ToroCosmos.Gen3.o", "gen3/ToroCosmos.Gen3.targets"];

        Contains("ToroCosmos", [.. plugs, .. gen3, .. LibraryOf("ToroCosmos", "net10.0"), .. LibraryOf("ToroCosmos", "net6.0")]);
        Depends("ToroCosmos", "net10.0:", "net6.0:");
    }

    [Fact]
    public void Packages_without_plugs_have_a_version_that_says_so()
    {
        using Package package = Package.Open("ToroCosmos");

        Assert.Equal(
            !package.Files.Any(file => file.StartsWith("cosmos/", StringComparison.Ordinal)),
            Package.Version.EndsWith("-nativeaot", StringComparison.Ordinal));
    }

    [Fact]
    public void The_bus_comes_for_both_toolchains_and_brings_the_cores()
    {
        Contains("ToroCosmos.VirtIOBus", [.. LibraryOf("ToroCosmos.VirtIOBus", "net10.0"), .. LibraryOf("ToroCosmos.VirtIOBus", "net6.0")]);
        Depends("ToroCosmos.VirtIOBus", $"net10.0: ToroCosmos {s_own}", $"net6.0: ToroCosmos {s_own}");
    }

    [Fact]
    public void Mpi_comes_for_both_toolchains_and_brings_the_bus()
    {
        Contains("ToroCosmos.Mpi", [.. LibraryOf("ToroCosmos.Mpi", "net10.0"), .. LibraryOf("ToroCosmos.Mpi", "net6.0")]);
        Depends("ToroCosmos.Mpi", $"net10.0: ToroCosmos.VirtIOBus {s_own}", $"net6.0: ToroCosmos.VirtIOBus {s_own}");
    }

    [Fact]
    public void The_runtime_comes_with_its_targets_its_assembly_sources_and_one_compiler()
    {
        string[] sources =
        [
            .. InRepository("Assembly", "*"),
            .. InRepository("Boot", "*.asm"),
            .. InRepository("build", "*"),
        ];

        Assert.Contains("build/ToroCosmos.NativeAot.targets", sources);
        Assert.Equal(Pinned(Compiler), Pinned(ClassLibrary));
        Contains("ToroCosmos.NativeAot", [.. sources, .. LibraryOf("ToroCosmos.NativeAot", "net10.0")]);
        Depends("ToroCosmos.NativeAot", $"net10.0: {ClassLibrary} {Pinned(ClassLibrary)}, ToroCosmos {s_own}, {Compiler} {Pinned(Compiler)}");
    }

    [Fact]
    public void The_tests_for_kernels_come_with_their_generator()
    {
        Contains(
            "ToroCosmos.KernelTesting",
            [
                "analyzers/dotnet/cs/ToroCosmos.KernelTesting.Generator.dll",
                "build/ToroCosmos.KernelTesting.props",
                .. LibraryOf("ToroCosmos.KernelTesting", "net10.0"),
                .. LibraryOf("ToroCosmos.KernelTesting", "net6.0"),
            ]);
        Depends("ToroCosmos.KernelTesting", $"net10.0: ToroCosmos {s_own}", $"net6.0: ToroCosmos {s_own}");
    }

    [Fact]
    public void TestRunner_is_a_tool()
    {
        using Package package = Package.Open("ToroCosmos.TestRunner");

        Assert.Equal([PackageType.DotnetTool], package.Nuspec.GetPackageTypes());
        Assert.Contains(
            "<Command Name=\"torocosmos-testrunner\" EntryPoint=\"TestRunner.dll\"",
            Encoding.UTF8.GetString(package.Read("tools/net10.0/any/DotnetToolSettings.xml")),
            StringComparison.Ordinal);
        Depends("ToroCosmos.TestRunner");
    }

    [Fact]
    public void The_template_comes_as_it_is_in_the_repository_with_the_version_of_the_package()
    {
        const string Folder = "ToroCosmos.Templates/kernel";
        string root = Repository.File(Folder);
        using Package package = Package.Open("ToroCosmos.Templates");

        string[] files = [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file))];

        Assert.Equal("Template", Assert.Single(package.Nuspec.GetPackageTypes()).Name);
        Contains("ToroCosmos.Templates", [.. files.Select(file => $"content/kernel/{file}")]);
        foreach (string file in files)
        {
            Assert.Equal(
                File.ReadAllText(Path.Combine(root, file)).Replace("TOROCOSMOS_VERSION", Package.Version, StringComparison.Ordinal),
                Encoding.UTF8.GetString(package.Read($"content/kernel/{file}")));
        }
    }

    private static bool IsOwnLibrary(string file) =>
        file.EndsWith(".dll", StringComparison.Ordinal)
        && (file.StartsWith("lib/", StringComparison.Ordinal) || Path.GetFileName(file) == "TestRunner.dll");

    /// <summary>The one version of a package that the repository builds with.</summary>
    private static string Pinned(string id) =>
        Assert.Single(
            XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion"),
            package => (string?)package.Attribute("Include") == id).Attribute("Version")!.Value;

    private static string[] InRepository(string folder, string pattern) =>
    [
        .. Directory.GetFiles(Repository.File("ToroCosmos.NativeAot", folder), pattern)
            .Select(file => $"{folder}/{Path.GetFileName(file)}"),
    ];

    private static string[] LibraryOf(string id, string framework) => [$"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml"];

    /// <summary>Asserts that a package has certain files and no others, apart from what all have.</summary>
    private static void Contains(string id, string[] files)
    {
        using Package package = Package.Open(id);
        string[] expected = [.. files, "README.md", "icon.png"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files);
    }

    /// <summary>Asserts which packages a package brings with it: for each framework, in order.</summary>
    private static void Depends(string id, params string[] groups)
    {
        using Package package = Package.Open(id);
        Assert.Equal(
            groups,
            package.Nuspec.GetDependencyGroups().Select(group =>
                $"{group.TargetFramework.GetShortFolderName()}: {string.Join(", ", group.Packages.Select(
                    dependency => $"{dependency.Id} {dependency.VersionRange.OriginalString}").Order(StringComparer.Ordinal))}".TrimEnd())
                .Order(StringComparer.Ordinal));
    }
}
