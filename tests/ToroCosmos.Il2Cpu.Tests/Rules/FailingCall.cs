using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.ClassLibrary;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Members of the class library that are known to fail on every core.</summary>
internal sealed class FailingCall : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "fails in a Cosmos kernel";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from call in code.Calls
        let member = KnownMembers.Find(call.Callee)
        where member is { Support: Support.Nowhere }
        select new Violation(call.At, MethodNames.Of(call.Callee), member.Reason);
}
