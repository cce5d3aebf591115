using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>The code that a kernel is made of: all methods of its assemblies, and who calls whom.</summary>
internal sealed class KernelCode : IDisposable
{
    private const string AnyCoreAttribute = "AnyCoreAttribute";
    private const string CompilerGeneratedAttribute = "CompilerGeneratedAttribute";

    /// <summary>What C# writes into a record. It comes to life only when something asks for it.</summary>
    private static readonly string[] s_recordMembers =
        ["ToString", "PrintMembers", "Equals", "GetHashCode", "op_Equality", "op_Inequality", "Deconstruct", "<Clone>$"];

    private readonly AssemblySet _assemblies;
    private readonly Dictionary<MethodDefinition, MethodCode> _code = [];

    public KernelCode(AssemblySet assemblies)
    {
        _assemblies = assemblies;
        foreach (MethodDefinition method in assemblies.Types.SelectMany(type => type.Methods))
        {
            _code.Add(method, new MethodCode(method, this));
        }

        Calls = new CallGraph(assemblies.Types.ToList(), _code.Values);
    }

    public CallGraph Calls { get; }

    public IReadOnlyCollection<MethodCode> Methods => _code.Values;

    /// <summary>The methods that IL2CPU may have to compile, each with the one that calls it, or null.</summary>
    public Dictionary<MethodDefinition, MethodDefinition?> Compiled() =>
        Calls.Reach(_code.Keys.Where(method => !IsRecordMember(method)));

    /// <summary>The methods that application processors may run, each with the one that calls it, or null.</summary>
    public Dictionary<MethodDefinition, MethodDefinition?> RunOnAnyCore() => Calls.Reach(_code.Keys.Where(IsMarked));

    public static KernelCode Read(params string[] files) => new(new AssemblySet(files));

    public MethodCode Of(MethodDefinition method) => _code[method];

    public void Dispose() => _assemblies.Dispose();

    private static bool IsRecordMember(MethodDefinition method) =>
        Has(method, CompilerGeneratedAttribute) && s_recordMembers.Contains(method.Name);

    /// <summary>Marked itself, by its property, or, when public, by its type.</summary>
    private static bool IsMarked(MethodDefinition method) =>
        Has(method, AnyCoreAttribute)
        || method.DeclaringType.Properties.Any(
            property => (property.GetMethod == method || property.SetMethod == method) && Has(property, AnyCoreAttribute))
        || (method.IsPublic && !method.IsConstructor && Has(method.DeclaringType, AnyCoreAttribute));

    private static bool Has(ICustomAttributeProvider member, string attribute) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(each => each.AttributeType.Name == attribute);
}
