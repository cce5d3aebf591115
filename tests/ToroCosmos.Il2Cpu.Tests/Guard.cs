using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.Rules;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>Holds the rules against the code of a kernel.</summary>
internal static class Guard
{
    /// <summary>Everything in the code that breaks a rule.</summary>
    public static IReadOnlyList<Finding> Check(KernelCode kernel)
    {
        Dictionary<MethodDefinition, MethodDefinition?> compiled = kernel.Compiled();
        Dictionary<MethodDefinition, MethodDefinition?> anyCore = kernel.RunOnAnyCore();
        return
        [
            .. from rule in Rule.All
               where rule.Scope == RuleScope.EveryMethod
               from method in compiled.Keys
               from violation in rule.Check(kernel.Of(method))
               select new Finding(rule, violation, [method]),
            .. from rule in Rule.All
               where rule.Scope == RuleScope.AnyCore
               from method in anyCore.Keys
               from violation in rule.Check(kernel.Of(method))
               select new Finding(rule, violation, PathTo(method, anyCore)),
        ];
    }

    private static List<MethodDefinition> PathTo(MethodDefinition method, Dictionary<MethodDefinition, MethodDefinition?> callers)
    {
        List<MethodDefinition> path = [];
        for (MethodDefinition? each = method; each is not null; each = callers[each])
        {
            path.Insert(0, each);
        }

        return path;
    }
}
