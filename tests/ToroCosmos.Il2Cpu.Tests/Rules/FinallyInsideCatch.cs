using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>A finally block between a throw and its catch; using and foreach have one too.</summary>
internal sealed class FinallyInsideCatch : Rule
{
    public override RuleScope Scope => RuleScope.EveryMethod;

    public override string Reason => "an exception that passes a finally block does not arrive at the catch around it";

    public override IEnumerable<Violation> Check(MethodCode code) =>
        from handler in code.Method.HasBody ? code.Method.Body.ExceptionHandlers : []
        where handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter
        let inside = code.Instructions.Where(each => each.Offset >= handler.TryStart.Offset && each.Offset < handler.TryEnd.Offset)
        from violation in OwnBlocks(code, handler).Concat(BlocksOfCallees(code, inside))
        select violation;

    private static IEnumerable<Violation> OwnBlocks(MethodCode code, ExceptionHandler outer) =>
        from inner in code.Method.Body.ExceptionHandlers
        where HasBlock(inner) && inner.TryStart.Offset >= outer.TryStart.Offset && inner.HandlerEnd.Offset <= outer.TryEnd.Offset
        select new Violation(inner.TryStart, "finally inside try and catch");

    private static IEnumerable<Violation> BlocksOfCallees(MethodCode code, IEnumerable<Instruction> calls) =>
        from call in calls
        let callees = code.Kernel.Calls.Targets(call)
        from callee in code.Kernel.Calls.Reach(callees.Distinct()).Keys
        where callee.HasBody && callee.Body.ExceptionHandlers.Any(HasBlock)
        select new Violation(call, "try and catch around a finally in " + MethodNames.Of((MethodReference)callee));

    private static bool HasBlock(ExceptionHandler handler) =>
        handler.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault;
}
