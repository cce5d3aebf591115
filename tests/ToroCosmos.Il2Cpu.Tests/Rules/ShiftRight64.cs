using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>IL2CPU fills the upper half with zeros where it should copy the sign.</summary>
internal sealed class ShiftRight64 : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "negative numbers lose their sign; shift a ulong, or by a constant below 32";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(Code.Shr)
        where code.Stack.At(instruction, 1).Kind is StackKind.Int64 or StackKind.Unknown
        let constant = ConstantOf(code.Stack.At(instruction, 0).Source)
        where constant is null or < 0 or >= 32
        select new Violation(instruction, constant is null ? "long >> a variable" : "long >> " + constant);

    private static int? ConstantOf(Instruction? load) => load?.OpCode.Code switch
    {
        Code.Ldc_I4 => (int)load.Operand,
        Code.Ldc_I4_S => (sbyte)load.Operand,
        >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8 => load.OpCode.Code - Code.Ldc_I4_0,
        _ => null,
    };
}
