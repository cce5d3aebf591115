using System.Collections.Generic;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>One thing that code for IL2CPU must not do.</summary>
internal abstract class Rule
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new BlockInstruction(),
        new DefaultInterfaceMethod(),
        new Division64(),
        new EnumText(),
        new FailingCall(),
        new FinallyInsideCatch(),
        new FixedBufferSize(),
        new FloatRemainder(),
        new MultidimensionalArray(),
        new ShiftRight64(),
        new StackAllocation(),
        new StaticAbstractMember(),
        new UnimplementedInstruction(),
        new UnknownCall(),
        new Allocation(),
        new BootCoreCall(),
        new MayThrow(),
        new StaticConstructor(),
        new StaticObjectStore(),
        new Throw(),
    ];

    public abstract RuleScope Scope { get; }

    /// <summary>What happens to code that breaks the rule.</summary>
    public abstract string Reason { get; }

    public string Name => GetType().Name;

    /// <summary>Finds the places where a method breaks the rule.</summary>
    public abstract IEnumerable<Violation> Check(MethodCode code);
}
