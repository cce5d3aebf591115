namespace ToroCosmos.Smp.Waiting;

/// <summary>How long a core waits in each way before it goes over to the next: poll, poll with pause, sleep.</summary>
/// <param name="PollSteps">Looks without a pause between them.</param>
/// <param name="PauseSteps">Looks with a pause between them.</param>
public readonly record struct WaitLengths(int PollSteps, int PauseSteps)
{
    /// <summary>Lengths that harm on no machine, for as long as nothing was measured.</summary>
    public static WaitLengths Default => new(100, 200);
}
