#load "failure.cake"
#load "shell.cake"

/// <summary>The Linux guest in which the peers of the bus are measured: Debian's kernel, and Debian's MPIs on busybox.</summary>
public static class PeerGuest
{
    /// <summary>The guest is put together of this system's own packages, so it must be one of Debian's family.</summary>
    public static void CheckSystem()
    {
        if (!Shell.Has("apt-get") || !Shell.Has("dpkg-deb"))
        {
            throw new BuildFailure(
                BuildFailure.General,
                "BenchPeers puts its Linux guest together of Debian's packages; expected apt-get and dpkg-deb. Use Debian or Ubuntu, for example in a container.");
        }
    }

    /// <summary>Compiles the peers and makes the guest's kernel and initial RAM disk.</summary>
    /// <param name="sources">Where the script and the sources are.</param>
    /// <param name="folder">Where vmlinuz and initrd.img are put.</param>
    public static void Build(string sources, string folder) =>
        Shell.Run("bash", System.IO.Path.Combine(sources, "build.sh"), folder);
}
