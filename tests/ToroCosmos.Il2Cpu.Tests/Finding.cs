using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.Rules;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>A broken rule.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Violation">Where in the method.</param>
/// <param name="Path">
/// The calls that lead to the method, which is the last; the first is what application processors start with. For rules
/// that hold for all code the method alone.
/// </param>
internal sealed record Finding(Rule Rule, Violation Violation, IReadOnlyList<MethodDefinition> Path)
{
    public MethodDefinition Method => Path[^1];

    public override string ToString()
    {
        string text = $"{Name(Method)}: {Violation.What}: {Violation.Reason ?? Rule.Reason} ({Rule.Name}{Place()})";
        return Rule.Scope == RuleScope.AnyCore ? $"{text}\n    run on any core: {string.Join(" -> ", Path.Select(Name))}" : text;
    }

    private static string Name(MethodDefinition method) => MethodNames.Of(method);

    /// <summary>The line of the instruction, or of the nearest one before it that has one.</summary>
    private string Place()
    {
        SequencePoint? point = Method.HasBody
            ? Method.DebugInformation.SequencePoints.LastOrDefault(
                each => !each.IsHidden && each.Offset <= (Violation.At?.Offset ?? int.MaxValue))
            : null;
        return point is null ? "" : $", {System.IO.Path.GetFileName(point.Document.Url)}:{point.StartLine}";
    }
}
