namespace ToroCosmos.VirtIOBus;

/// <summary>
/// How a core waits, in three steps: it looks again at once, then looks again after a pause instruction, then sleeps
/// until it is woken. The first reacts fastest and starves whoever shares the processor; the last costs an interrupt.
/// The best lengths depend on the machine, or emulator, and are measured when it boots.
/// </summary>
public sealed class WaitPolicy
{
    /// <summary>How often the first step looks; 0 skips it.</summary>
    public int PollIterations { get; init; } = 1000;

    /// <summary>How often the second step pauses and looks; 0 skips it.</summary>
    public int PauseIterations { get; init; } = 200;
}
