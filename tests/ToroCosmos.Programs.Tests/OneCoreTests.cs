using Xunit.Abstractions;

namespace ToroCosmos.Programs.Tests;

public sealed class OneCoreTests(ProgramBoot<OneCore> boot, ITestOutputHelper output) : BootedProgramTests<OneCore>(boot, output);
