using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>IL2CPU takes what C# allocates on the stack from the heap.</summary>
internal sealed class StackAllocation : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "takes memory from the heap at every call; use a local structure of that size";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        code.All(Code.Localloc).Select(instruction => new Violation(instruction, "stackalloc"));
}
