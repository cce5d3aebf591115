using System;
using System.IO;

namespace ToroCosmos.Packages.Tests;

/// <summary>The Cosmos user kit that the build uses too.</summary>
internal static class CosmosKit
{
    private const string Settings = "/etc/CosmosUserKit.cfg";

    /// <summary>Its folder of packages; null when there is no kit.</summary>
    public static string? Packages { get; } = Find();

    /// <summary>The version that all its packages have.</summary>
    public static string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Packages!, "XSharp.*.nupkg")[0])["XSharp.".Length..];

    private static string? Find()
    {
        string? folder = Environment.GetEnvironmentVariable("CosmosDir")
            ?? (File.Exists(Settings) ? File.ReadAllText(Settings).Trim() : null);
        string? packages = folder is null ? null : Path.Combine(folder, "Packages");
        return Directory.Exists(packages) ? packages : null;
    }
}
