using Xunit.Abstractions;

namespace ToroCosmos.KernelSuites.Tests;

public sealed class TwoCoresTests(SuiteBoot<TwoCores> boot, ITestOutputHelper output) : SuiteTests<TwoCores>(boot, output);
