using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>IL2CPU divides 64-bit numbers by an approximation.</summary>
internal sealed class Division64 : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "some divisors give wrong results, negative dividends a processor fault; use TickMath.Divide";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(Code.Div, Code.Div_Un, Code.Rem, Code.Rem_Un)
        let one = code.Stack.At(instruction, 1).Kind
        let other = code.Stack.At(instruction, 0).Kind
        where one == StackKind.Int64 || other == StackKind.Int64 || (one == StackKind.Unknown && other == StackKind.Unknown)
        select new Violation(instruction, "64-bit division");
}
