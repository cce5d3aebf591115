using System;
using System.IO;
using System.Linq;
using NuGet.Packaging;

namespace ToroCosmos.Packages.Tests;

/// <summary>A package as it was packed.</summary>
internal sealed class Package : IDisposable
{
    private readonly PackageArchiveReader _reader;

    private Package(string file)
    {
        _reader = new PackageArchiveReader(file);
    }

    /// <summary>The folder of the packages, which tests give to NuGet as a source.</summary>
    public static string Folder { get; } = Repository.File("artifacts", "packages");

    /// <summary>The version that was packed; all packages carry one.</summary>
    public static string Version { get; } = FindVersion();

    /// <summary>What the package says of itself.</summary>
    public NuspecReader Nuspec => _reader.NuspecReader;

    /// <summary>Its files, without those of the package format, in order.</summary>
    public string[] Files =>
    [
        .. _reader.GetFiles()
            .Where(file => !file.StartsWith("_rels/", StringComparison.Ordinal)
                && !file.StartsWith("package/", StringComparison.Ordinal)
                && file != "[Content_Types].xml"
                && !file.EndsWith(".nuspec", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Where a package lies.</summary>
    public static string FileOf(string id) => FileOf(id, ".nupkg");

    public static Package Open(string id) => new(FileOf(id));

    public static Package OpenSymbols(string id) => new(FileOf(id, ".snupkg"));

    public byte[] Read(string file)
    {
        using Stream stream = _reader.GetStream(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => _reader.Dispose();

    private static string FileOf(string id, string extension) => Path.Combine(Folder, $"{id}.{Version}{extension}");

    private static string FindVersion()
    {
        const string First = "ToroCosmos.NativeAot.";
        string[] files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, First + "*.nupkg") : [];
        return files.Length == 1
            ? Path.GetFileNameWithoutExtension(files[0])[First.Length..]
            : throw new FileNotFoundException(
                $"{Folder} has {files.Length} packages {First}*: pack with ./build.sh --target=Pack or --target=Test.");
    }
}
