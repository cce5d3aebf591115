namespace TestRunner.Machines;

/// <summary>Whether KVM can run our kernels on this machine.</summary>
/// <param name="Usable">True only when a guest was seen to execute SSE and to leave.</param>
/// <param name="Reason">What was found, as a clause without a full stop.</param>
/// <param name="ProbedNow">Whether a probe guest was booted for this answer; false when it was known already.</param>
public sealed record KvmAnswer(bool Usable, string Reason, bool ProbedNow);
