namespace ToroCosmos.Seam;

/// <summary>The four registers that CPUID answers in.</summary>
/// <param name="Eax">Register EAX.</param>
/// <param name="Ebx">Register EBX.</param>
/// <param name="Ecx">Register ECX.</param>
/// <param name="Edx">Register EDX.</param>
public readonly record struct CpuIdResult(uint Eax, uint Ebx, uint Ecx, uint Edx);
