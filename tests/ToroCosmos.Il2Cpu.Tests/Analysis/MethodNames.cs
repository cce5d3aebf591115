using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>Names of methods and types nearly as C# writes them.</summary>
internal static class MethodNames
{
    private static readonly Dictionary<string, string> s_keywords = new()
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.Char"] = "char",
        ["System.Double"] = "double",
        ["System.Int16"] = "short",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.IntPtr"] = "nint",
        ["System.Object"] = "object",
        ["System.SByte"] = "sbyte",
        ["System.Single"] = "float",
        ["System.String"] = "string",
        ["System.UInt16"] = "ushort",
        ["System.UInt32"] = "uint",
        ["System.UInt64"] = "ulong",
        ["System.UIntPtr"] = "nuint",
        ["System.Void"] = "void",
    };

    public static string Of(MethodReference method) =>
        $"{Full(method.DeclaringType)}.{method.Name.TrimStart('.')}({string.Join(", ", method.Parameters.Select(each => Of(each.ParameterType)))})";

    /// <summary>A type without its namespace.</summary>
    public static string Of(TypeReference type) => type switch
    {
        IModifierType or PinnedType => Of(((TypeSpecification)type).ElementType),
        ByReferenceType reference => "ref " + Of(reference.ElementType),
        PointerType pointer => Of(pointer.ElementType) + "*",
        ArrayType array => $"{Of(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        GenericInstanceType generic => $"{Plain(generic.Name)}<{string.Join(", ", generic.GenericArguments.Select(Of))}>",
        FunctionPointerType => "delegate*",
        _ => s_keywords.GetValueOrDefault(type.FullName) ?? Plain(type.Name),
    };

    private static string Full(TypeReference type) =>
        type.DeclaringType is null
            ? (type.Namespace.Length > 0 ? type.Namespace + "." : "") + Of(type)
            : $"{Full(type.DeclaringType)}.{Of(type)}";

    private static string Plain(string name) => name.Split('`')[0];
}
