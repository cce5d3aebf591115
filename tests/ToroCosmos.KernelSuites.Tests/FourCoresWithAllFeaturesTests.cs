using Xunit.Abstractions;

namespace ToroCosmos.KernelSuites.Tests;

public sealed class FourCoresWithAllFeaturesTests(SuiteBoot<FourCoresWithAllFeatures> boot, ITestOutputHelper output) : SuiteTests<FourCoresWithAllFeatures>(boot, output);
