#load "failure.cake"
#load "shell.cake"

/// <summary>
/// The packages of Cosmos gen3, which kernels of the gen3 toolchain are built with. They are on no registry that is known
/// here; a user has them in a folder.
/// </summary>
public sealed class Gen3Feed
{
    /// <summary>Tells the tests why they have no kernels of Cosmos gen3; empty when they have.</summary>
    private const string WhyNone = "TOROCOSMOS_NO_GEN3";

    private const string Sdk = "Cosmos.Sdk.";
    private const string Patcher = "Cosmos.Patcher.";
    private const string Package = ".nupkg";

    private readonly string _folder;

    private Gen3Feed(string folder, string version)
    {
        _folder = folder;
        Version = version;
    }

    /// <summary>The version of Cosmos.Sdk, and with it of all others.</summary>
    public string Version { get; }

    /// <summary>The packages in a folder.</summary>
    /// <param name="given">The folder, or empty.</param>
    /// <exception cref="BuildFailure">There are none.</exception>
    public static Gen3Feed Find(string given) =>
        Look(given, out string problem) ?? throw new BuildFailure(BuildFailure.NoCosmos, $"--toolchain=gen3 {problem}");

    /// <summary>Whether kernels for tests can be built; the tests learn why not. A folder that was given must have the packages.</summary>
    public static bool IsThereForTests(string given)
    {
        Gen3Feed feed = Look(given, out string problem);
        if (feed is null && given.Length > 0)
        {
            throw new BuildFailure(BuildFailure.NoCosmos, $"--cosmos-feed {problem}");
        }

        Environment.SetEnvironmentVariable(WhyNone, feed is null ? "This test " + problem : "");
        return feed is not null;
    }

    /// <summary>Builds a kernel, whose CD image goes to artifacts/.</summary>
    /// <param name="project">The folder of its project.</param>
    /// <param name="tools">A folder for what is taken out of the packages.</param>
    /// <param name="linker">Cosmos' linker, or empty for the one that Cosmos finds.</param>
    public void Build(string project, string tools, string linker)
    {
        string sdk = Unpack(Sdk, tools);
        string patcher = System.IO.Directory
            .GetFiles(Unpack(Patcher, tools), "Cosmos.Patcher.dll", System.IO.SearchOption.AllDirectories).First();
        List<string> arguments = new()
        {
            "build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet",
            $"-p:CosmosFeed={_folder}", $"-p:CosmosVersion={Version}",
            $"-p:CosmosSdkFolder={System.IO.Path.Combine(sdk, "Sdk")}/", $"-p:CosmosPatcher={patcher}",
        };
        if (linker.Length > 0)
        {
            arguments.Add($"-p:LdLinkerPath={linker}");
        }

        Shell.Run("dotnet", arguments.ToArray());
    }

    /// <summary>Unpacks the package that the project needs before it is restored.</summary>
    private string Unpack(string name, string tools)
    {
        string target = System.IO.Path.Combine(tools, name + Version);
        if (!System.IO.Directory.Exists(target))
        {
            System.IO.Compression.ZipFile.ExtractToDirectory(System.IO.Path.Combine(_folder, name + Version + Package), target);
        }

        return target;
    }

    /// <summary>Looks for the packages; where there are none, the problem is the rest of a sentence and another.</summary>
    private static Gen3Feed Look(string given, out string problem)
    {
        string folder = given.Length > 0 ? System.IO.Path.GetFullPath(given) : "";
        string[] found = System.IO.Directory.Exists(folder)
            ? System.IO.Directory.GetFiles(folder, Sdk + "*" + Package)
            : Array.Empty<string>();
        string where = folder.Length == 0 ? "no --cosmos-feed=FOLDER names it" : $"'{folder}' has no one {Sdk}VERSION{Package}";
        problem = $"needs a folder with the packages of Cosmos gen3, and {where}. "
            + "The Cosmos project tells how they are built or installed; docs/gen3.md says which version was tried.";
        return found.Length == 1
            ? new Gen3Feed(folder, System.IO.Path.GetFileName(found[0])[Sdk.Length..^Package.Length])
            : null;
    }
}
