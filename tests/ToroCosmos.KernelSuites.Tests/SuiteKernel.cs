using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using TestRunner.Machines;
using ToroCosmos.KernelTesting;
using Xunit;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>The kernel with the suites: its image, and the tests that the build registered in its assembly.</summary>
public static class SuiteKernel
{
    /// <summary>Enough for all tests in one run: of what they allocate nothing is given back, and a thousand threads have stacks.</summary>
    public const int MemoryMegabytes = 512;

    private const string Name = "ToroCosmos.KernelSuites";
    private const string MetadataKey = "KernelTest";

    /// <summary>The ids of its tests, known without booting it.</summary>
    public static IEnumerable<string> Tests => Assembly.Load(Name).GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(metadata => metadata.Key == MetadataKey).Select(metadata => metadata.Value!);

    /// <summary>A case for each of them that a machine with so many cores can run.</summary>
    public static TheoryData<string> CasesFor(int cores) => [.. Tests.Where(test => MinimumCores(test) <= cores)];

    /// <summary>Its image, as the build leaves it at the root of the repository.</summary>
    public static BootImage Image()
    {
        string path = Path.Combine(Root(), "artifacts", Name + ".elf");
        return File.Exists(path)
            ? BootImage.Open(path)
            : throw new FileNotFoundException($"There is no artifacts/{Name}.elf: run ./build.sh --target=Build");
    }

    private static int MinimumCores(string test)
    {
        string[] parts = test.Split('.');
        return Assembly.Load(Name).GetTypes().Single(type => type.Name == parts[0])
            .GetMethod(parts[1], BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .GetCustomAttribute<KernelTestAttribute>()!.MinimumCores;
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
