using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>A place where a method breaks a rule.</summary>
/// <param name="At">The instruction; null when it is the method itself.</param>
/// <param name="What">What is done there, in C#'s words.</param>
/// <param name="Reason">What happens, where the rule alone does not say it.</param>
internal sealed record Violation(Instruction? At, string What, string? Reason = null);
