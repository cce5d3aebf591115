using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ToroCosmos.Packages.Tests;

/// <summary>What a program that imports an assembly's namespaces can name.</summary>
internal static class PublicTypes
{
    /// <summary>The names of the public types that are in no other type, without their namespaces, each once.</summary>
    public static IReadOnlySet<string> NamesIn(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => metadata.GetString(type.Name))
            .ToHashSet();
    }
}
