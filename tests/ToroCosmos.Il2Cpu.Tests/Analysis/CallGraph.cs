using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>
/// Which methods a call may end in. Where the machine decides, every method that could be meant counts: all overrides of
/// a virtual method, all implementations of an interface's, all that were ever put into a delegate of that type or behind
/// a function pointer of that signature.
/// </summary>
internal sealed class CallGraph
{
    private static readonly string[] s_roots = ["System.Object", "System.ValueType", "System.Enum", "System.MulticastDelegate"];
    private static readonly string[] s_objectMembers = ["ToString", "Equals", "GetHashCode"];

    private readonly IReadOnlyCollection<TypeDefinition> _types;
    private readonly Dictionary<MethodDefinition, MethodCode> _code;
    private readonly Dictionary<MethodDefinition, HashSet<MethodDefinition>> _overrides = [];
    private readonly ILookup<string, MethodDefinition> _virtualMethods;
    private readonly Dictionary<string, HashSet<MethodDefinition>> _inDelegates = [];
    private readonly Dictionary<string, HashSet<MethodDefinition>> _behindPointers = [];

    public CallGraph(IReadOnlyCollection<TypeDefinition> types, IReadOnlyCollection<MethodCode> methods)
    {
        _types = types;
        _code = methods.ToDictionary(code => code.Method);
        _virtualMethods = types.SelectMany(type => type.Methods).Where(method => method.IsVirtual).ToLookup(Shape);
        foreach (TypeDefinition type in types)
        {
            AddOverrides(type);
        }

        foreach (Instruction load in methods.SelectMany(code => code.All(Code.Ldftn, Code.Ldvirtftn)))
        {
            AddAddress(load);
        }
    }

    /// <summary>The methods that may run when these are called.</summary>
    /// <returns>Each with the one that calls it; null for those given.</returns>
    public Dictionary<MethodDefinition, MethodDefinition?> Reach(IEnumerable<MethodDefinition> roots)
    {
        var callers = new Dictionary<MethodDefinition, MethodDefinition?>();
        var work = new Queue<MethodDefinition>();
        foreach (MethodDefinition root in roots)
        {
            callers.Add(root, null);
            work.Enqueue(root);
        }

        while (work.TryDequeue(out MethodDefinition? caller))
        {
            foreach (MethodDefinition callee in _code[caller].Instructions.SelectMany(Targets))
            {
                if (callers.TryAdd(callee, caller))
                {
                    work.Enqueue(callee);
                }
            }
        }

        return callers;
    }

    /// <summary>The methods of the kernel that an instruction may call.</summary>
    public IEnumerable<MethodDefinition> Targets(Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case CallSite site:
                return _behindPointers.GetValueOrDefault(Signature(site)) ?? [];
            case MethodReference callee when instruction.OpCode.FlowControl == FlowControl.Call:
                return _inDelegates.GetValueOrDefault(DelegateKey(callee)) is { } targets && callee.Name == "Invoke"
                    ? targets
                    : Callees(instruction, callee).Concat(CalledBack(callee));
            case TypeReference type when instruction.OpCode.Code == Code.Box:
                return ObjectMembers(type);
            default:
                return [];
        }
    }

    /// <summary>
    /// What a method that is not read may call of the kernel: a plug a function pointer that it gets, the class library
    /// the members of object of a type that it is for.
    /// </summary>
    private IEnumerable<MethodDefinition> CalledBack(MethodReference callee)
    {
        if (callee.Resolve() is not { } method)
        {
            return callee is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(ObjectMembers) : [];
        }

        return
            from parameter in _code[method].Instructions.Count == 0 ? method.Parameters : []
            let pointer = parameter.ParameterType as FunctionPointerType
            where pointer is not null
            from target in _behindPointers.GetValueOrDefault(Signature(pointer)) ?? []
            select target;
    }

    private IEnumerable<MethodDefinition> Callees(Instruction call, MethodReference callee)
    {
        MethodDefinition? method = callee.Resolve();
        if (MethodCode.ConstraintOf(call) is { IsGenericParameter: false } exact && exact.Resolve() is not { IsValueType: false })
        {
            // A structure, of the kernel or of the class library: nothing derives from it.
            MethodDefinition[] own = [.. exact.Resolve()?.Methods.Where(each => Shape(each) == Shape(callee)) ?? []];
            return own.Length > 0 || method is null ? own : [method];
        }

        bool isVirtual = call.OpCode.Code == Code.Callvirt && (method is null || method.IsVirtual);
        if (!isVirtual)
        {
            return method is null ? [] : [method];
        }

        if (method is not null)
        {
            return Overrides(method).Append(method);
        }

        // A structure is an object only in a box, and boxing it counted as calling its members.
        bool isObject = callee.DeclaringType.MetadataType == MetadataType.Object && MethodCode.ConstraintOf(call) is null;
        return
            from each in _virtualMethods[Shape(callee)]
            where Family(each.DeclaringType).Any(type => MayBe(type, callee.DeclaringType.GetElementType()))
                && !(isObject && each.DeclaringType.IsValueType)
            select each;
    }

    /// <summary>A type and all that derive from it: they may implement an interface by its methods.</summary>
    private IEnumerable<TypeDefinition> Family(TypeDefinition type) =>
        _types.Where(each => each.BaseType?.Resolve() == type).SelectMany(Family).Prepend(type);

    /// <summary>Whether a type may derive from, or implement, one of the class library, whose own bases are not read.</summary>
    private static bool MayBe(TypeDefinition type, TypeReference foreign)
    {
        if (foreign.MetadataType == MetadataType.Object
            || type.Interfaces.Any(each => each.InterfaceType.GetElementType().FullName == foreign.FullName))
        {
            return true;
        }

        return type.BaseType is not null && !s_roots.Contains(type.BaseType.FullName)
            && (type.BaseType.Resolve() is not { } parent || MayBe(parent, foreign));
    }

    /// <summary>What the class library may call of a type that it gets: to print or to compare it.</summary>
    private static IEnumerable<MethodDefinition> ObjectMembers(TypeReference type) =>
        type.Resolve()?.Methods.Where(method => method.IsVirtual && s_objectMembers.Contains(method.Name)) ?? [];

    private HashSet<MethodDefinition> Overrides(MethodDefinition method) => _overrides.GetValueOrDefault(method) ?? [];

    private void AddOverrides(TypeDefinition type)
    {
        List<TypeDefinition> line = [type];
        while (line[^1].BaseType?.Resolve() is { } parent)
        {
            line.Add(parent);
        }

        foreach (MethodDefinition method in line.Where(each => !type.IsInterface).SelectMany(each => each.Methods))
        {
            foreach (MethodReference explicitly in method.Overrides)
            {
                AddOverride(explicitly.Resolve(), method);
            }

            IEnumerable<TypeDefinition> above = line.Skip(line.IndexOf(method.DeclaringType) + 1).Concat(Interfaces(line));
            foreach (MethodDefinition meant in above.SelectMany(each => each.Methods))
            {
                if (meant.IsVirtual && method.IsVirtual && Shape(meant) == Shape(method))
                {
                    AddOverride(meant, method);
                }
            }
        }
    }

    private void AddOverride(MethodDefinition? meant, MethodDefinition method)
    {
        if (meant is not null)
        {
            Add(_overrides, meant, method);
        }
    }

    private static IEnumerable<TypeDefinition> Interfaces(IEnumerable<TypeDefinition> types) =>
        from type in types
        from implementation in type.Interfaces
        let definition = implementation.InterfaceType.Resolve()
        where definition is not null
        from each in Interfaces([definition]).Prepend(definition)
        select each;

    private void AddAddress(Instruction load)
    {
        var method = (MethodReference)load.Operand;
        foreach (MethodDefinition target in load.OpCode.Code == Code.Ldvirtftn && method.Resolve() is { } meant
            ? Overrides(meant).Append(meant)
            : method.Resolve() is { } only ? [only] : Enumerable.Empty<MethodDefinition>())
        {
            if (load.Next is { OpCode.Code: Code.Newobj, Operand: MethodReference constructor })
            {
                Add(_inDelegates, DelegateKey(constructor), target);
            }
            else
            {
                Add(_behindPointers, Signature(method), target);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, HashSet<MethodDefinition>> map, TKey key, MethodDefinition method)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out HashSet<MethodDefinition>? methods))
        {
            map.Add(key, methods = []);
        }

        methods.Add(method);
    }

    private static string Shape(MethodReference method) => $"{method.Name}/{method.Parameters.Count}";

    private static string DelegateKey(MethodReference member) => member.DeclaringType.GetElementType().FullName;

    private static string Signature(IMethodSignature signature) =>
        $"{signature.ReturnType.FullName}({string.Join(",", signature.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
}
