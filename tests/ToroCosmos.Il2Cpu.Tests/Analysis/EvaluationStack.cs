using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>
/// The types on the evaluation stack before each instruction of a method. IL has one <c>div</c> for all numbers; only
/// the stack tells which. Code that no path reaches has no entry.
/// </summary>
internal sealed class EvaluationStack
{
    private readonly MethodDefinition _method;
    private readonly Dictionary<Instruction, StackValue[]> _before = [];
    private readonly Queue<Instruction> _work = new();

    public EvaluationStack(MethodDefinition method)
    {
        _method = method;
        Arrive(method.Body.Instructions[0], []);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            bool takesException = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            StackValue[] stack = takesException ? [new StackValue(StackKind.Reference, null)] : [];
            Arrive(handler.HandlerStart, stack);
            if (handler.FilterStart is not null)
            {
                Arrive(handler.FilterStart, stack);
            }
        }

        while (_work.TryDequeue(out Instruction? instruction))
        {
            Execute(instruction);
        }
    }

    /// <summary>A value on the stack before an instruction.</summary>
    /// <param name="depth">0 for the top.</param>
    public StackValue At(Instruction instruction, int depth) =>
        _before.TryGetValue(instruction, out StackValue[]? stack) && depth < stack.Length ? stack[^(depth + 1)] : default;

    private void Arrive(Instruction instruction, StackValue[] stack)
    {
        if (!_before.TryGetValue(instruction, out StackValue[]? known))
        {
            _before.Add(instruction, stack);
            _work.Enqueue(instruction);
            return;
        }

        if (known.Length != stack.Length)
        {
            throw new InvalidOperationException($"{_method.FullName}: the stack differs in depth at {instruction}.");
        }

        bool changed = false;
        for (int i = 0; i < stack.Length; i++)
        {
            StackValue merged = Merge(known[i], stack[i]);
            changed |= merged != known[i];
            known[i] = merged;
        }

        if (changed)
        {
            _work.Enqueue(instruction);
        }
    }

    private static StackValue Merge(StackValue one, StackValue other) => new(
        one.Kind == StackKind.Unknown ? other.Kind : one.Kind,
        one.Source == other.Source ? one.Source : null);

    private void Execute(Instruction instruction)
    {
        var stack = new List<StackValue>(_before[instruction]);
        Apply(instruction, stack);
        StackValue[] after = [.. stack];
        switch (instruction.Operand)
        {
            case Instruction target:
                Arrive(target, instruction.OpCode.Code is Code.Leave or Code.Leave_S ? [] : [.. after]);
                break;
            case Instruction[] targets:
                foreach (Instruction target in targets)
                {
                    Arrive(target, [.. after]);
                }

                break;
        }

        bool goesOn = instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        if (goesOn && instruction.Next is not null)
        {
            Arrive(instruction.Next, after);
        }
    }

    private void Apply(Instruction instruction, List<StackValue> stack)
    {
        if (instruction.OpCode.Code == Code.Dup)
        {
            stack.Add(stack[^1]);
            return;
        }

        StackKind result = ResultOf(instruction, stack);
        int pops = PopsOf(instruction, stack.Count);
        stack.RemoveRange(stack.Count - pops, pops);
        if (Pushes(instruction))
        {
            stack.Add(new StackValue(result, instruction));
        }
    }

    private int PopsOf(Instruction instruction, int depth)
    {
        switch (instruction.OpCode.StackBehaviourPop)
        {
            case StackBehaviour.Pop0:
                return 0;
            case StackBehaviour.Pop1:
            case StackBehaviour.Popi:
            case StackBehaviour.Popref:
                return 1;
            case StackBehaviour.Pop1_pop1:
            case StackBehaviour.Popi_pop1:
            case StackBehaviour.Popi_popi:
            case StackBehaviour.Popi_popi8:
            case StackBehaviour.Popi_popr4:
            case StackBehaviour.Popi_popr8:
            case StackBehaviour.Popref_pop1:
            case StackBehaviour.Popref_popi:
                return 2;
            case StackBehaviour.Popi_popi_popi:
            case StackBehaviour.Popref_popi_popi:
            case StackBehaviour.Popref_popi_popi8:
            case StackBehaviour.Popref_popi_popr4:
            case StackBehaviour.Popref_popi_popr8:
            case StackBehaviour.Popref_popi_popref:
                return 3;
            case StackBehaviour.PopAll:
                return depth;
            case StackBehaviour.Varpop when instruction.Operand is IMethodSignature callee:
                bool hasThis = callee.HasThis && instruction.OpCode.Code != Code.Newobj;
                bool hasAddress = instruction.OpCode.Code == Code.Calli;
                return callee.Parameters.Count + (hasThis ? 1 : 0) + (hasAddress ? 1 : 0);
            case StackBehaviour.Varpop when instruction.OpCode.Code == Code.Ret:
                return _method.ReturnType.MetadataType == MetadataType.Void ? 0 : 1;
            default:
                throw new NotSupportedException($"{_method.FullName}: {instruction}");
        }
    }

    private static bool Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => false,
        StackBehaviour.Varpush =>
            StackKinds.WithoutModifiers(((IMethodSignature)instruction.Operand).ReturnType).MetadataType != MetadataType.Void,
        _ => true,
    };

    private StackKind ResultOf(Instruction instruction, List<StackValue> stack)
    {
        switch (instruction.Operand)
        {
            case FieldReference field when instruction.OpCode.Code is Code.Ldfld or Code.Ldsfld:
                return StackKinds.Of(field.FieldType, field);
            case MethodReference constructor when instruction.OpCode.Code == Code.Newobj:
                return StackKinds.Of(constructor.DeclaringType);
            case IMethodSignature callee when instruction.OpCode.FlowControl == FlowControl.Call:
                return StackKinds.Of(callee.ReturnType, callee as MethodReference);
            case TypeReference type when instruction.OpCode.Code is Code.Ldobj or Code.Ldelem_Any or Code.Unbox_Any:
                return StackKinds.Of(type);
        }

        if (Variable(instruction) is { } variable)
        {
            return StackKinds.Of(variable);
        }

        switch (instruction.OpCode.Code)
        {
            case Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Rem or Code.Div_Un or Code.Rem_Un
                or Code.And or Code.Or or Code.Xor
                or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un:
                return Wider(stack[^2].Kind, stack[^1].Kind);
            case Code.Shl or Code.Shr or Code.Shr_Un:
                return stack[^2].Kind;
            case Code.Neg or Code.Not:
                return stack[^1].Kind;
            case Code.Ldarg_0 or Code.Ldarga or Code.Ldarga_S or Code.Ldloca or Code.Ldloca_S
                or Code.Ldflda or Code.Ldsflda or Code.Ldelema or Code.Unbox:
                return StackKind.ManagedPointer;
            case Code.Conv_I or Code.Conv_U or Code.Conv_Ovf_I or Code.Conv_Ovf_U or Code.Conv_Ovf_I_Un or Code.Conv_Ovf_U_Un
                or Code.Ldelem_I or Code.Ldind_I or Code.Ldlen or Code.Ldftn or Code.Ldvirtftn or Code.Localloc:
                return StackKind.NativeInt;
            case Code.Ldtoken:
                return StackKind.Structure;
        }

        return instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Pushi => StackKind.Int32,
            StackBehaviour.Pushi8 => StackKind.Int64,
            StackBehaviour.Pushr4 or StackBehaviour.Pushr8 => StackKind.Float,
            StackBehaviour.Pushref => StackKind.Reference,
            _ => StackKind.Unknown,
        };
    }

    /// <summary>The type of the argument or local variable that an instruction loads.</summary>
    private TypeReference? Variable(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
                int index = instruction.OpCode.Code - Code.Ldarg_0 - (_method.HasThis ? 1 : 0);
                return index >= 0 ? _method.Parameters[index].ParameterType
                    : _method.DeclaringType.IsValueType ? null : _method.DeclaringType;
            case Code.Ldarg or Code.Ldarg_S:
                return ((ParameterDefinition)instruction.Operand).ParameterType;
            case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                return _method.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType;
            case Code.Ldloc or Code.Ldloc_S:
                return ((VariableDefinition)instruction.Operand).VariableType;
            default:
                return null;
        }
    }

    private static StackKind Wider(StackKind one, StackKind other)
    {
        ReadOnlySpan<StackKind> widest =
            [StackKind.Int64, StackKind.Float, StackKind.ManagedPointer, StackKind.NativeInt, StackKind.Unknown];
        foreach (StackKind kind in widest)
        {
            if (one == kind || other == kind)
            {
                return kind;
            }
        }

        return StackKind.Int32;
    }
}
