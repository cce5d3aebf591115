using System;

namespace ToroCosmos.Build.Tests;

/// <summary>The steps from IL to an image.</summary>
[Flags]
public enum BuildSteps
{
    None = 0,
    Compile = 1,
    Assemble = 2,
    Link = 4,
    Iso = 8,
}
