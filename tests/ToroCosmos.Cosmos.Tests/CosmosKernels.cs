using System;
using System.IO;
using TestRunner.Machines;
using ToroCosmos.Boot.Tests;
using Xunit;

namespace ToroCosmos.Cosmos.Tests;

/// <summary>The CD images of the Cosmos kernels, which only a computer with a Cosmos user kit can build.</summary>
internal static class CosmosKernels
{
    /// <summary>
    /// Set by the build: why there are no Cosmos kernels, or empty when there must be. Not set when the tests are run in
    /// another way.
    /// </summary>
    private const string WhyNone = "TOROCOSMOS_NO_COSMOS";

    private const string Build = "./build.sh --target=Build --toolchain=il2cpu";

    public static BootImage Demo => Open("ToroCosmos.Demo.Cosmos.iso");

    public static BootImage Suites => Open("ToroCosmos.KernelSuites.Cosmos.iso");

    /// <summary>Opens an image, or skips the test with the reason why there is none.</summary>
    private static BootImage Open(string name)
    {
        string? reason = Environment.GetEnvironmentVariable(WhyNone);
        Skip.If(!string.IsNullOrEmpty(reason), reason);
        string path = Artifacts.InRepository("artifacts", name);
        bool isThere = File.Exists(path);
        Skip.If(reason is null && !isThere, $"There is no artifacts/{name}; {Build} makes it where a Cosmos user kit is.");
        return isThere ? BootImage.Open(path) : throw new FileNotFoundException($"There is no artifacts/{name}: run {Build}");
    }
}
