namespace TestRunner.VMware;

/// <summary>What a call of vmrun gave.</summary>
/// <param name="Status">Its exit status; 0 is success.</param>
/// <param name="Output">What it printed; its errors are on standard output too.</param>
public sealed record VmrunAnswer(int Status, string Output);
