using Xunit.Abstractions;

namespace ToroCosmos.KernelSuites.Tests;

public sealed class EightCoresTests(SuiteBoot<EightCores> boot, ITestOutputHelper output) : SuiteTests<EightCores>(boot, output);
