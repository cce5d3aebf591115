#load "failure.cake"

/// <summary>The Cosmos user kit, which kernels of the il2cpu toolchain are built with. It is on no package registry.</summary>
public static class CosmosKit
{
    private const string Settings = "/etc/CosmosUserKit.cfg";

    /// <summary>Finds the installed kit.</summary>
    /// <param name="given">Its folder, or empty for the one that the kit's installation names.</param>
    /// <param name="need">The option that needs it.</param>
    public static string Find(string given, string need = "--toolchain=il2cpu")
    {
        string folder = Folder(given);
        if (!IsKit(folder))
        {
            string where = folder.Length == 0 ? $"no '{Settings}' names its folder" : $"'{folder}' has no folder Packages";
            throw new BuildFailure(
                BuildFailure.NoCosmos,
                $"{need} needs an installed Cosmos user kit, and {where}. "
                + "The Cosmos project documents its installation at https://cosmosos.github.io/install.html.");
        }

        return folder;
    }

    /// <summary>Whether there is an installed kit.</summary>
    /// <param name="given">As for <see cref="Find"/>.</param>
    public static bool IsThere(string given) => IsKit(Folder(given));

    private static string Folder(string given) =>
        given.Length > 0 ? System.IO.Path.GetFullPath(given)
        : System.IO.File.Exists(Settings) ? System.IO.File.ReadAllText(Settings).Trim()
        : "";

    private static bool IsKit(string folder) =>
        folder.Length > 0 && System.IO.Directory.Exists(System.IO.Path.Combine(folder, "Packages"));
}
