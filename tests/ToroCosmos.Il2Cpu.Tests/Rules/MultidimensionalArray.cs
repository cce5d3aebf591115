using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Arrays of several dimensions have methods that only the runtime knows.</summary>
internal sealed class MultidimensionalArray : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "IL2CPU has no such arrays; use an array of arrays, or compute the index";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from call in code.Calls
        where call.Callee.DeclaringType is ArrayType { Rank: > 1 }
        select new Violation(call.At, MethodNames.Of(call.Callee.DeclaringType));
}
