namespace TestRunner.Machines;

/// <summary>The accelerator to use, and why.</summary>
/// <param name="Accelerator">What QEMU is told to use.</param>
/// <param name="Reason">One clause for the user, without a full stop.</param>
/// <param name="KvmProbedNow">
/// Whether the reason is news: it comes from a probe that ran just now and not from the remembered answer.
/// </param>
public sealed record AcceleratorDecision(Accelerator Accelerator, string Reason, bool KvmProbedNow);
