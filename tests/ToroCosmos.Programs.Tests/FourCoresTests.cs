using Xunit.Abstractions;

namespace ToroCosmos.Programs.Tests;

public sealed class FourCoresTests(ProgramBoot<FourCores> boot, ITestOutputHelper output) : BootedProgramTests<FourCores>(boot, output);
