using System.Collections.Generic;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Which static method is meant depends on a type argument.</summary>
internal sealed class StaticAbstractMember : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "IL2CPU calls no method through a type argument; use a constrained instance method";

    public override IEnumerable<Violation> Check(MethodCode code)
    {
        if (code.Method is { IsStatic: true, IsVirtual: true, DeclaringType.IsInterface: true })
        {
            yield return new Violation(null, "static abstract member");
        }

        foreach ((Instruction at, _) in code.Calls)
        {
            if (at.OpCode.Code == Code.Call && MethodCode.ConstraintOf(at) is not null)
            {
                yield return new Violation(at, "call of a static abstract member");
            }
        }
    }
}
