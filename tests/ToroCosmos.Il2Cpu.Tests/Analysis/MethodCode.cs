using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>One method, with what the rules ask about it.</summary>
internal sealed class MethodCode(MethodDefinition method, KernelCode kernel)
{
    private EvaluationStack? _stack;

    public MethodDefinition Method => method;

    public KernelCode Kernel => kernel;

    /// <summary>Empty for a method without a body, and for one whose place a plug takes.</summary>
    public IReadOnlyList<Instruction> Instructions { get; } =
        method.HasBody && !IsPlugged(method) ? [.. method.Body.Instructions] : [];

    public EvaluationStack Stack => _stack ??= new EvaluationStack(method);

    /// <summary>The instructions that call something, with what they call.</summary>
    public IEnumerable<(Instruction At, MethodReference Callee)> Calls =>
        from instruction in Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj
        select (instruction, (MethodReference)instruction.Operand);

    /// <summary>The instructions of some kinds.</summary>
    public IEnumerable<Instruction> All(params Code[] codes) =>
        Instructions.Where(instruction => Array.IndexOf(codes, instruction.OpCode.Code) >= 0);

    /// <summary>The type that a call is constrained to, or null.</summary>
    public static TypeReference? ConstraintOf(Instruction call) =>
        call.Previous?.OpCode.Code == Code.Constrained ? (TypeReference)call.Previous.Operand : null;

    /// <summary>The hardware seam: for net6.0 its methods only say that no plug has taken their place.</summary>
    private static bool IsPlugged(MethodDefinition method) =>
        method.Body.Instructions is [{ Operand: MethodReference { DeclaringType.Name: "PlugMissing" } }, { OpCode.Code: Code.Throw }];
}
