using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>
/// Where C# asks for the size of a structure: in sizeof, in arithmetic with pointers to it, in arrays of it and in Unsafe.
/// </summary>
internal sealed class FixedBufferSize : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "the size is wrong; give the structure fields, or an explicit size and no buffer";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.Instructions
        let measured = MeasuredBy(instruction)
        where measured is not null && HasBuffer(measured)
        select new Violation(instruction, "size of " + MethodNames.Of(measured) + ", which has a fixed buffer");

    private static TypeReference? MeasuredBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type when instruction.OpCode.Code is Code.Sizeof or Code.Newarr or Code.Ldelema or Code.Ldelem_Any or Code.Stelem_Any => type,
        GenericInstanceMethod { DeclaringType.Name: "Unsafe" } method => method.GenericArguments[0],
        _ => null,
    };

    private static bool HasBuffer(TypeReference type) =>
        type is not (PointerType or ArrayType)
        && type.Resolve() is { IsValueType: true, IsPrimitive: false, IsEnum: false } structure
        && structure.Fields.Any(field => !field.IsStatic && (IsBuffer(field) || HasBuffer(field.FieldType)));

    private static bool IsBuffer(FieldDefinition field) =>
        field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "FixedBufferAttribute");
}
