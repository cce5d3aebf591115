using Xunit.Abstractions;

namespace ToroCosmos.KernelSuites.Tests;

public sealed class ThreeCoresByTurnsTests(SuiteBoot<ThreeCoresByTurns> boot, ITestOutputHelper output) : SuiteTests<ThreeCoresByTurns>(boot, output);
