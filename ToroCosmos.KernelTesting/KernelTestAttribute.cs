using System;

namespace ToroCosmos.KernelTesting;

/// <summary>
/// Makes a method a test of the kernel: <c>static void M()</c> or <c>static void M(int core)</c>, not private, on a static
/// class. It passes when no <see cref="Check"/> in it fails and no exception escapes. Anything else is a build error.
/// </summary>
/// <param name="name">Its name for people; null for the method's, with underscores turned into spaces.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTestAttribute(string? name = null) : Attribute
{
    /// <summary>Its name for people, when not the method's.</summary>
    public string? Name { get; } = name;

    /// <summary>Where it runs: on the boot core unless told otherwise.</summary>
    public KernelTestCores On { get; set; }

    /// <summary>The core it runs on, in place of <see cref="On"/>: 0 or more. Skipped where there is no such core.</summary>
    public int Core { get; set; }

    /// <summary>The number of cores below which it is skipped, at least 1.</summary>
    public int MinimumCores { get; set; } = 1;

    /// <summary>Why it is skipped on every machine; null when it is not.</summary>
    public string? Skip { get; set; }
}
