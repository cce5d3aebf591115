namespace TestRunner.Bochs;

/// <summary>The largest machine that Bochs makes.</summary>
public static class BochsLimits
{
    /// <summary>With a sixteenth processor Bochs 2.7 stops at start: it has too few timers.</summary>
    public const int MaximumCores = 15;

    /// <summary>The most memory, in MB, that Bochs 2.7 takes in its setting <c>megs</c>.</summary>
    public const int MaximumMemory = 2048;
}
