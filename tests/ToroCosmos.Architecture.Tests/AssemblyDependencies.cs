using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ToroCosmos.Architecture.Tests;

/// <summary>Which namespaces of an assembly use which other ones of it, by what is compiled.</summary>
internal static class AssemblyDependencies
{
    /// <summary>The namespace of attributes that the compiler knows by their names, wherever they are declared.</summary>
    private const string KnownToCompiler = "System.Runtime";

    public static IReadOnlyList<Dependency> Read(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        return module.GetTypes()
            .SelectMany(type => References(type).Select(used => (Type: type, Used: used)))
            .Where(pair => pair.Used.Scope == module || pair.Used.Module == pair.Used.Scope)
            .Select(pair => new Dependency(
                NamespaceOf(pair.Type), NamespaceOf(pair.Used), pair.Type.FullName, pair.Used.FullName))
            .Where(dependency => dependency.From != dependency.To && IsOurs(dependency.From) && IsOurs(dependency.To))
            .Distinct()
            .ToList();
    }

    private static bool IsOurs(string name) => name.StartsWith(nameof(ToroCosmos), StringComparison.Ordinal) && name != KnownToCompiler;

    private static string NamespaceOf(TypeReference type) =>
        type.DeclaringType == null ? type.Namespace : NamespaceOf(type.DeclaringType);

    private static IEnumerable<TypeReference> References(TypeDefinition type) =>
        Direct(type).Where(reference => reference != null).SelectMany(reference => Parts(reference!));

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Methods.SelectMany(InMethod),
    ];

    private static IEnumerable<TypeReference?> InMethod(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(InInstruction) : [],
    ];

    private static IEnumerable<TypeReference?> InInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method =>
            [method.DeclaringType, method.ReturnType, .. method.GenericArguments, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        MethodReference method =>
            [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    /// <summary>The named types that a type is made of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType pointer =>
            [.. Parts(pointer.ReturnType), .. pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        TypeSpecification made => Parts(made.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
