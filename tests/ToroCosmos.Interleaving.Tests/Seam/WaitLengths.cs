using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Waiting;

/// <summary>The product's, but that the default is not to look again before sleep.</summary>
/// <param name="PollSteps">Looks without a pause between them.</param>
/// <param name="PauseSteps">Looks with a pause between them.</param>
public readonly record struct WaitLengths(int PollSteps, int PauseSteps)
{
    public static WaitLengths Default => new(0, 0);
}
