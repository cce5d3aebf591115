using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.ClassLibrary;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Members of the class library that work, but allocate, may throw or keep state without a lock.</summary>
internal sealed class BootCoreCall : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "only for the boot core";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from call in code.Calls
        where !Allocation.IsBy(call.At)
        let member = KnownMembers.Find(call.Callee)
        where member is { Support: Support.BootCore }
        select new Violation(call.At, MethodNames.Of(call.Callee), member.Reason);
}
