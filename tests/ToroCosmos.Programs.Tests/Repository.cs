using System;
using System.IO;
using TestRunner.Machines;

namespace ToroCosmos.Programs.Tests;

/// <summary>The repository that the tests are of.</summary>
internal static class Repository
{
    private const string Kernel = "ToroCosmos.ProgramsKernel.elf";

    /// <summary>The kernel with all programs, as the build leaves it.</summary>
    public static BootImage Image()
    {
        string path = Path("artifacts", Kernel);
        return File.Exists(path)
            ? BootImage.Open(path)
            : throw new FileNotFoundException($"There is no artifacts/{Kernel}: run ./build.sh --target=Build");
    }

    /// <summary>The path of something in it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ToroCosmos.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ToroCosmos.sln.");
    }
}
