namespace TestRunner.Machines;

/// <summary>The ranges of what a user may ask of a machine.</summary>
public static class MachineLimits
{
    /// <summary>The most virtual cores: as many as QEMU's newer machines have; above 255 only by x2APIC.</summary>
    public const int MaximumCores = 1024;
}
