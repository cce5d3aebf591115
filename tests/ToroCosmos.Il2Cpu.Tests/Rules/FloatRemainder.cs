using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>IL2CPU answers every remainder of floating-point numbers with 0.</summary>
internal sealed class FloatRemainder : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "the result is always 0";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(Code.Rem)
        where code.Stack.At(instruction, 0).Kind == StackKind.Float
        select new Violation(instruction, "remainder of floating-point numbers");
}
