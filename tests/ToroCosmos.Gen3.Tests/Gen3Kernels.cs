using System;
using System.IO;
using TestRunner.Machines;
using ToroCosmos.Boot.Tests;
using Xunit;

namespace ToroCosmos.Gen3.Tests;

/// <summary>The CD images of the kernels for Cosmos gen3, which only a computer with its packages can build.</summary>
internal static class Gen3Kernels
{
    /// <summary>
    /// Set by the build: why there are no such kernels, or empty when there must be. Not set when the tests are run in
    /// another way.
    /// </summary>
    private const string WhyNone = "TOROCOSMOS_NO_GEN3";

    private const string Build = "./build.sh --target=Build --toolchain=gen3 --cosmos-feed=FOLDER";

    public static BootImage Demo => Open("ToroCosmos.Demo.Gen3.iso");

    public static BootImage Suites => Open("ToroCosmos.KernelSuites.Gen3.iso");

    /// <summary>Opens an image, or skips the test with the reason why there is none.</summary>
    private static BootImage Open(string name)
    {
        string? reason = Environment.GetEnvironmentVariable(WhyNone);
        Skip.If(!string.IsNullOrEmpty(reason), reason);
        string path = Artifacts.InRepository("artifacts", name);
        bool isThere = File.Exists(path);
        Skip.If(reason is null && !isThere, $"There is no artifacts/{name}; {Build} makes it where the packages of Cosmos gen3 are.");
        return isThere ? BootImage.Open(path) : throw new FileNotFoundException($"There is no artifacts/{name}: run {Build}");
    }
}
