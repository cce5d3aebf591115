using System;

namespace ToroCosmos.Build.Tests;

/// <summary>When the steps of a build left their outputs: the compiler, the assembler, the linker, the maker of the ISO.</summary>
public sealed record BuildTimes(DateTime Compiled, DateTime Assembled, DateTime Linked, DateTime Iso)
{
    /// <summary>The steps that ran since an earlier build.</summary>
    public BuildSteps Since(BuildTimes earlier) =>
        (Compiled == earlier.Compiled ? 0 : BuildSteps.Compile)
        | (Assembled == earlier.Assembled ? 0 : BuildSteps.Assemble)
        | (Linked == earlier.Linked ? 0 : BuildSteps.Link)
        | (Iso == earlier.Iso ? 0 : BuildSteps.Iso);
}
