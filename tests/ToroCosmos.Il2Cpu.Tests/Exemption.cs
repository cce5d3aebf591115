namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>A broken rule that is known and accepted.</summary>
/// <param name="Method">The method that breaks it.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Why it may stay.</param>
internal sealed record Exemption(string Method, string Rule, string Reason)
{
    private const string NotStarted = "the end of a kernel that uses the bus before it started it, with the reason in words";

    /// <summary>All there are.</summary>
    public static Exemption[] All { get; } =
    [
        new("ToroCosmos.Smp.Cores.RunAction(int)", nameof(Rules.BootCoreCall), "a small array for each delegate that is run on a core; Run with a function pointer makes none"),
        new("ToroCosmos.VirtIOBus.MachineBus.ThrowNotStarted()", nameof(Rules.Allocation), NotStarted),
        new("ToroCosmos.VirtIOBus.MachineBus.ThrowNotStarted()", nameof(Rules.Throw), NotStarted),
        new("ToroCosmos.VirtIOBus.BusEndpoint.InitializeQueues(Action<int, int>)", nameof(Rules.BootCoreCall), "only for who wants to be told; once for each queue"),
    ];

    public bool Covers(Finding finding) =>
        Analysis.MethodNames.Of(finding.Method) == Method && finding.Rule.Name == Rule;
}
