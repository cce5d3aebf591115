using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>
/// Casts and checked arithmetic. Bounds of arrays, null and division by zero are beyond a look at the code: nearly
/// every method has one of them.
/// </summary>
internal sealed class MayThrow : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "throws when it fails, and the exception in flight is one for the whole machine";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.Instructions
        where instruction.OpCode.Code is Code.Castclass or Code.Unbox or Code.Unbox_Any || instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal)
        select new Violation(instruction, (instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal) ? "checked arithmetic: " : "cast: ") + instruction.OpCode.Name);
}
