using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Stores of references, alone or in a structure, in static fields.</summary>
internal sealed class StaticObjectStore : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "the garbage collector counts such references without a lock; store them on the boot core";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.All(Code.Stsfld)
        let field = (FieldReference)instruction.Operand
        where HoldsReference(field.FieldType)
        select new Violation(instruction, "store in the static field " + field.Name);

    private static bool HoldsReference(TypeReference type) => StackKinds.Of(type) switch
    {
        StackKind.Structure => type.Resolve() is not { } structure
            || structure.Fields.Any(field => !field.IsStatic && HoldsReference(field.FieldType)),
        StackKind.Reference or StackKind.Unknown => true,
        _ => false,
    };
}
