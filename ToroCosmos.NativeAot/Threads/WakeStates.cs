namespace ToroCosmos.NativeAot.Threads;

/// <summary>Values of <see cref="Processor.ThreadBlock.WakeState"/>.</summary>
internal static class WakeStates
{
    /// <summary>Nobody has woken it since it last parked.</summary>
    public const int None = 0;

    /// <summary>Woken: the next park returns at once.</summary>
    public const int Woken = 1;

    /// <summary>It waits; who wakes it puts it into a ready queue.</summary>
    public const int Parked = 2;

    /// <summary>It waits in a halt of its core; who wakes it interrupts the core.</summary>
    public const int Halted = 3;
}
