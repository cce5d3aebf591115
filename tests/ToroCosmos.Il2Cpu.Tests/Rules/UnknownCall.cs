using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.ClassLibrary;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Members of the class library of which nobody knows whether they work. They are most of it.</summary>
internal sealed class UnknownCall : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "not known to work in a Cosmos kernel; try it in one, then add it to KnownMembers";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from call in code.Calls
        where call.Callee.DeclaringType is not ArrayType && call.Callee.Resolve() is null && KnownMembers.Find(call.Callee) is null
        select new Violation(call.At, MethodNames.Of(call.Callee));
}
