using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>The class library that kernels are compiled with, as its metadata tells of it.</summary>
internal static class ClassLibrary
{
    private static readonly string s_folder = typeof(ClassLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ClassLibrary").Value!;

    /// <summary>The constants by which its assembly code and its C# agree on layouts.</summary>
    public static IReadOnlyDictionary<string, int> Layouts { get; } = ReadLayouts();

    /// <summary>The functions of its native libraries that its assemblies declare.</summary>
    public static IEnumerable<string> NativeFunctions() =>
        Directory.GetFiles(Path.Combine(s_folder, "lib", "net10.0"), "*.dll")
            .Concat(Directory.GetFiles(Path.Combine(s_folder, "native"), "*.dll"))
            .SelectMany(ReadNativeFunctions).Distinct();

    private static Dictionary<string, int> ReadLayouts()
    {
        using PEReader file = new(File.OpenRead(Path.Combine(s_folder, "native", "System.Private.CoreLib.dll")));
        MetadataReader metadata = file.GetMetadataReader();
        TypeDefinition type = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Single(type => metadata.GetString(type.Name) == "AsmOffsets");
        Dictionary<string, int> layouts = [];
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition).Where(field => !field.GetDefaultValue().IsNil))
        {
            Constant constant = metadata.GetConstant(field.GetDefaultValue());
            BlobReader value = metadata.GetBlobReader(constant.Value);
            layouts[metadata.GetString(field.Name)] = Convert.ToInt32(value.ReadConstant(constant.TypeCode), null);
        }

        return layouts;
    }

    private static List<string> ReadNativeFunctions(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return [];
        }

        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => (method.Attributes & MethodAttributes.PinvokeImpl) != 0)
            .Select(method => method.GetImport())
            .Where(import => metadata.GetString(metadata.GetModuleReference(import.Module).Name).StartsWith("libSystem.", StringComparison.Ordinal))
            .Select(import => metadata.GetString(import.Name))];
    }
}
