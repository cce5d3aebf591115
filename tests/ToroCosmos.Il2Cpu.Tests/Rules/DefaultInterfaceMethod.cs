using System.Collections.Generic;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>An interface's own method is in no table of a type that implements it.</summary>
internal sealed class DefaultInterfaceMethod : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "IL2CPU does not find it in the types that implement the interface";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        code.Method is { HasBody: true, IsStatic: false, DeclaringType.IsInterface: true }
            ? [new Violation(null, "default interface method")]
            : [];
}
