using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>IL2CPU takes the operands of the block instructions in the wrong order.</summary>
internal sealed class BlockInstruction : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "hangs, or writes elsewhere; use MemoryCopy or a loop";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(Code.Cpblk, Code.Initblk)
        select new Violation(instruction, "block instruction " + instruction.OpCode.Name);
}
