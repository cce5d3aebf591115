#load "failure.cake"
#load "shell.cake"

/// <summary>The Cosmos user kit, which kernels of the il2cpu toolchain are built with. It is on no package registry.</summary>
public static class CosmosKit
{
    private const string Settings = "/etc/CosmosUserKit.cfg";

    /// <summary>Tells the tests why they have no Cosmos kernels; empty when they have.</summary>
    private const string WhyNone = "TOROCOSMOS_NO_COSMOS";

    /// <summary>The installed kit.</summary>
    /// <param name="given">Its folder, or empty for the one that the kit's installation names.</param>
    /// <param name="need">The option that needs it.</param>
    /// <exception cref="BuildFailure">There is none.</exception>
    public static string Find(string given, string need = "--toolchain=il2cpu")
    {
        string folder = Look(given, out string problem);
        return folder.Length > 0 ? folder : throw new BuildFailure(BuildFailure.NoCosmos, $"{need} {problem}");
    }

    /// <summary>Whether there is an installed kit.</summary>
    /// <param name="given">As for <see cref="Find"/>.</param>
    public static bool IsThere(string given) => Look(given, out _).Length > 0;

    /// <summary>Whether kernels for tests can be built; the tests learn why not. A kit that was given must be there.</summary>
    public static bool IsThereForTests(string given)
    {
        string problem = "";
        string folder = given.Length > 0 ? Find(given, "--cosmos-dir") : Look(given, out problem);
        Environment.SetEnvironmentVariable(WhyNone, folder.Length > 0 ? "" : "This test " + problem);
        return folder.Length > 0;
    }

    /// <summary>
    /// Builds a kernel, whose CD image goes to artifacts/. IL2CPU compiles assemblies of the Debug configuration only, one
    /// kernel at a time. What is up to date is not built again.
    /// </summary>
    public static void Build(string folder, string given) => Shell.Run(
        "dotnet", "build", folder, "--nologo", "--verbosity", "minimal", "-maxCpuCount:1", $"-p:CosmosDir={Find(given)}",
        // The assignment on the command line is the one that Cosmos' targets do not override.
        "-p:UseUEFI=False");

    /// <summary>Looks for a kit; an empty folder means none, and then the problem is the rest of a sentence and another.</summary>
    private static string Look(string given, out string problem)
    {
        string folder = given.Length > 0 ? System.IO.Path.GetFullPath(given)
            : System.IO.File.Exists(Settings) ? System.IO.File.ReadAllText(Settings).Trim()
            : "";
        string where = folder.Length == 0 ? $"no '{Settings}' names its folder" : $"'{folder}' has no folder Packages";
        problem = $"needs an installed Cosmos user kit, and {where}. "
            + "The Cosmos project documents its installation at https://cosmosos.github.io/install.html.";
        return folder.Length > 0 && System.IO.Directory.Exists(System.IO.Path.Combine(folder, "Packages")) ? folder : "";
    }
}
