using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NuGet.Configuration;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>
/// A user's computer, with the packed packages as one more source: projects in a temporary folder, and TestRunner
/// installed as a tool. NuGet keeps what it unpacked by version, so the packages under test go into a folder of their
/// own; everything else is taken from where it lies already.
/// </summary>
public sealed class Workshop : IAsyncLifetime
{
    /// <summary>The longest build is that of a Cosmos kernel, one or two minutes on a quiet computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ToroCosmos.Packages.");

    private string Runner => Path.Combine(_folder.FullName, "tools", "torocosmos-testrunner");

    private string Unpacked => Path.Combine(_folder.FullName, "packages");

    private string Others => Path.Combine(_folder.FullName, "others");

    public async Task InitializeAsync()
    {
        // Found here, and not through the sources: what is unpacked already, but no package of ours.
        Directory.CreateDirectory(Others);
        string global = SettingsUtility.GetGlobalPackagesFolder(Settings.LoadDefaultSettings(_folder.FullName));
        foreach (string package in Directory.GetDirectories(global))
        {
            string name = Path.GetFileName(package);
            if (!name.StartsWith("torocosmos", StringComparison.OrdinalIgnoreCase))
            {
                Directory.CreateSymbolicLink(Path.Combine(Others, name), package);
            }
        }

        await DotnetAsync(
            _folder.FullName,
            "tool", "install", "ToroCosmos.TestRunner", "--version", Package.Version, "--add-source", Package.Folder,
            "--tool-path", Path.GetDirectoryName(Runner)!);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A folder for a project.</summary>
    public string NewFolder(string name) => _folder.CreateSubdirectory(Path.Combine(Path.GetRandomFileName(), name)).FullName;

    /// <summary>Builds the project in a folder as its user would.</summary>
    public Task<string> BuildAsync(string folder) => DotnetAsync(folder, ["build", .. Common]);

    /// <summary>What a project has of an item, after its packages are restored.</summary>
    public async Task<string> ItemsAsync(string folder, string item)
    {
        await DotnetAsync(folder, ["restore", .. Common]);
        return await DotnetAsync(folder, "msbuild", $"-getItem:{item}");
    }

    /// <summary>Boots a kernel with the installed TestRunner, which must be content, and gives back what it printed.</summary>
    public Task<string> BootAsync(string image, params string[] options) => BootAsync(image, cores: 3, options);

    /// <summary>As <see cref="BootAsync(string, string[])"/>, on a machine with some cores.</summary>
    public async Task<string> BootAsync(string image, int cores, params string[] options)
    {
        ProgramResult result = await RunAsync(_folder.FullName, Runner, ["run", image, "--cores", $"{cores}", .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    /// <summary>Runs the SDK, which must succeed, and gives back what it printed.</summary>
    public async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        ProgramResult result = await RunAsync(folder, "dotnet", arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{result}");
        return result.Output;
    }

    /// <summary>Runs a program to its end.</summary>
    public async Task<ProgramResult> RunAsync(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
        };
        start.Environment["NUGET_PACKAGES"] = Unpacked;
        start.Environment["RestoreFallbackFolders"] = Others;
        start.Environment["UseSharedCompilation"] = "false";

        // The SDK remembers by version where a tool lies: for this user, and not for the one whose computer it is.
        start.Environment["DOTNET_CLI_HOME"] = Path.Combine(_folder.FullName, "home");
        start.Environment["DOTNET_NOLOGO"] = "true";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        if (program == "dotnet")
        {
            // Set for the program of the tests. A compiler that the build starts may be one of another .NET.
            foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToArray())
            {
                start.Environment.Remove(variable);
            }
        }

        return await ProgramRun.ToEndAsync(start, s_limit);
    }

    private static string[] Common =>
    [
        // Cosmos' compiler runs one kernel at a time.
        "-maxCpuCount:1",
        "--nologo",
        "--disable-build-servers",
        $"-p:RestoreAdditionalProjectSources={Package.Folder}",
    ];
}
