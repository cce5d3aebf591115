#load "failure.cake"

/// <summary>The Cosmos user kit, which kernels of the il2cpu toolchain are built with. It is on no package registry.</summary>
public static class CosmosKit
{
    private const string Settings = "/etc/CosmosUserKit.cfg";

    /// <summary>Finds the installed kit.</summary>
    /// <param name="given">Its folder, or empty for the one that the kit's installation names.</param>
    public static string Find(string given)
    {
        string folder = given.Length > 0 ? System.IO.Path.GetFullPath(given)
            : System.IO.File.Exists(Settings) ? System.IO.File.ReadAllText(Settings).Trim()
            : "";
        if (folder.Length == 0 || !System.IO.Directory.Exists(System.IO.Path.Combine(folder, "Packages")))
        {
            string where = folder.Length == 0 ? $"no '{Settings}' names its folder" : $"'{folder}' has no folder Packages";
            throw new BuildFailure(
                BuildFailure.NoCosmos,
                $"--toolchain=il2cpu needs an installed Cosmos user kit, and {where}. "
                + "The Cosmos project documents its installation at https://cosmosos.github.io/install.html.");
        }

        return folder;
    }
}
