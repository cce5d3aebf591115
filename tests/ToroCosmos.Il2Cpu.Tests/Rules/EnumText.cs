using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>The name of an enum's value is known to reflection only, which Cosmos does not have.</summary>
internal sealed class EnumText : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "Cosmos cannot name or box an enum's value; use a switch, and & for flags";

    public override IEnumerable<Violation> Check(MethodCode code)
    {
        foreach (Instruction instruction in code.All(Code.Box))
        {
            if (IsEnum((TypeReference)instruction.Operand))
            {
                yield return new Violation(instruction, "boxed " + MethodNames.Of((TypeReference)instruction.Operand));
            }
        }

        foreach ((Instruction at, MethodReference callee) in code.Calls)
        {
            if (callee.DeclaringType.MetadataType == MetadataType.Object && MethodCode.ConstraintOf(at) is { } type
                && (IsEnum(type) || IsForeign(type)))
            {
                yield return new Violation(at, $"{MethodNames.Of(type)}.{callee.Name}");
            }
            else if (callee is GenericInstanceMethod { Name: "AppendFormatted" } generic && IsEnum(generic.GenericArguments[0]))
            {
                yield return new Violation(at, MethodNames.Of(generic.GenericArguments[0]) + " in an interpolated string");
            }
        }
    }

    private static bool IsEnum(TypeReference type) => type is not ArrayType && type.Resolve() is { IsEnum: true };

    /// <summary>A structure or enum of the class library; which of the two is not known here.</summary>
    private static bool IsForeign(TypeReference type) =>
        type is not (GenericParameter or GenericInstanceType or ArrayType) && !type.IsPrimitive && type.Resolve() is null;
}
