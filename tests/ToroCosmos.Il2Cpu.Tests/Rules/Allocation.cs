using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Objects, arrays, delegates and boxes.</summary>
internal sealed class Allocation : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "the cores wait for each other at the heap, and nothing frees the memory; allocate on the boot core before";

    /// <summary>Whether an instruction takes memory from the heap.</summary>
    public static bool IsBy(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Newarr or Code.Box => true,
        Code.Newobj => !IsStructure(((MethodReference)instruction.Operand).DeclaringType),
        _ => false,
    };

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.Instructions
        where IsBy(instruction)
        select new Violation(instruction, Describe(instruction));

    private static bool IsStructure(TypeReference type) => type.Resolve()?.IsValueType ?? type.IsValueType;

    private static string Describe(Instruction instruction) => instruction.Operand switch
    {
        MethodReference constructor => "new " + MethodNames.Of(constructor.DeclaringType),
        TypeReference type when instruction.OpCode.Code == Code.Newarr => $"new {MethodNames.Of(type)}[]",
        TypeReference type => "boxed " + MethodNames.Of(type),
        _ => instruction.ToString(),
    };
}
