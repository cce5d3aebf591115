using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Instructions that IL2CPU knows by name only.</summary>
internal sealed class UnimplementedInstruction : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "IL2CPU does not implement it: it stops there, or ignores what an exception filter says";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(
            Code.Arglist, Code.Cpobj, Code.Endfilter, Code.Jmp, Code.Ldvirtftn, Code.Mkrefany, Code.Refanyval)
        select new Violation(instruction, "instruction " + instruction.OpCode.Name);
}
