using Mono.Cecil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>What a type is on the evaluation stack.</summary>
internal static class StackKinds
{
    /// <param name="type">A type, possibly one that the arguments of <paramref name="owner"/> stand for.</param>
    /// <param name="owner">The method or field whose signature the type is from.</param>
    public static StackKind Of(TypeReference type, MemberReference? owner = null)
    {
        type = Inflate(WithoutModifiers(type), owner);
        switch (type.MetadataType)
        {
            case MetadataType.Boolean:
            case MetadataType.Char:
            case MetadataType.SByte:
            case MetadataType.Byte:
            case MetadataType.Int16:
            case MetadataType.UInt16:
            case MetadataType.Int32:
            case MetadataType.UInt32:
                return StackKind.Int32;
            case MetadataType.Int64:
            case MetadataType.UInt64:
                return StackKind.Int64;
            case MetadataType.IntPtr:
            case MetadataType.UIntPtr:
            case MetadataType.Pointer:
            case MetadataType.FunctionPointer:
                return StackKind.NativeInt;
            case MetadataType.Single:
            case MetadataType.Double:
                return StackKind.Float;
            case MetadataType.ByReference:
                return StackKind.ManagedPointer;
            case MetadataType.Var:
            case MetadataType.MVar:
                return StackKind.Unknown;
            default:
                return OfNamed(type);
        }
    }

    public static TypeReference WithoutModifiers(TypeReference type) =>
        type is IModifierType or PinnedType ? WithoutModifiers(((TypeSpecification)type).ElementType) : type;

    private static StackKind OfNamed(TypeReference type)
    {
        TypeDefinition? definition = type is ArrayType ? null : type.Resolve();
        if (definition is { IsEnum: true })
        {
            return Of(definition.GetEnumUnderlying());
        }

        if (definition is null && type.IsValueType)
        {
            // It may be an enum of any width.
            return StackKind.Unknown;
        }

        return definition?.IsValueType ?? type.IsValueType ? StackKind.Structure : StackKind.Reference;
    }

    private static TypeReference Inflate(TypeReference type, MemberReference? owner)
    {
        if (type is not GenericParameter parameter)
        {
            return type;
        }

        IGenericInstance? arguments = parameter.Type == GenericParameterType.Method
            ? owner as GenericInstanceMethod
            : owner?.DeclaringType as GenericInstanceType;
        return arguments is null ? type : WithoutModifiers(arguments.GenericArguments[parameter.Position]);
    }

    private static TypeReference GetEnumUnderlying(this TypeDefinition definition)
    {
        foreach (FieldDefinition field in definition.Fields)
        {
            if (!field.IsStatic)
            {
                return field.FieldType;
            }
        }

        return definition.Module.TypeSystem.Int32;
    }
}
