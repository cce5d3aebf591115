using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Exceptions thrown.</summary>
internal sealed class Throw : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "the exception in flight is one for the whole machine; return a status";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        code.All(Code.Throw, Code.Rethrow).Select(instruction => new Violation(instruction, "throw"));
}
