using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>
/// IL2CPU calls a type's static constructor before each use of its static fields and before each new object; the first
/// caller runs it, and no other waits for that.
/// </summary>
internal sealed class StaticConstructor : Rule
{
    public override RuleScope Scope => RuleScope.AnyCore;

    public override string Reason => "runs its static constructor if no core did before, without a lock; set the fields on the boot core instead";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from instruction in code.Instructions
        let type = UsedBy(instruction)?.Resolve()
        where type is not null && HasConstructor(type)
        select new Violation(instruction, "use of " + MethodNames.Of((TypeReference)type));

    private static TypeReference? UsedBy(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldsfld or Code.Ldsflda or Code.Stsfld => ((FieldReference)instruction.Operand).DeclaringType,
        Code.Newobj => ((MethodReference)instruction.Operand).DeclaringType,
        _ => null,
    };

    private static bool HasConstructor(TypeDefinition type) =>
        type.Methods.Any(method => method is { IsConstructor: true, IsStatic: true });
}
