using System;
using System.IO;
using TestRunner.Machines;

namespace ToroCosmos.Devices.Tests;

/// <summary>The boot images of the sample and of the suites, as the build leaves them.</summary>
internal static class Artifacts
{
    public static BootImage Sample => Open("ToroCosmos.Samples.Devices.elf");

    public static BootImage SampleIso => Open("ToroCosmos.Samples.Devices.iso");

    public static BootImage Suites => Open("ToroCosmos.DeviceSuites.elf");

    /// <summary>The path of something in the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static BootImage Open(string name)
    {
        string path = InRepository("artifacts", name);
        return File.Exists(path)
            ? BootImage.Open(path)
            : throw new FileNotFoundException($"There is no artifacts/{name}: run ./build.sh --target=Build");
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ToroCosmos.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ToroCosmos.sln.");
    }
}
