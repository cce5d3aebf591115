using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>A value on the evaluation stack.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Source">The instruction that always makes it; null when there are several.</param>
internal readonly record struct StackValue(StackKind Kind, Instruction? Source);
