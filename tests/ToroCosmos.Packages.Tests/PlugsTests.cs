using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>How a Cosmos kernel comes to its plugs.</summary>
[Collection(nameof(WorkshopCollection))]
public class PlugsTests(Workshop workshop)
{
    [SkippableTheory]
    [InlineData("ToroCosmos")]
    [InlineData("ToroCosmos.VirtIOBus")]
    public async Task One_reference_to_any_package_brings_the_plugs_once(string package)
    {
        Skip.If(CosmosKit.Packages is null, "There is no Cosmos user kit: the packages have no plugs.");
        string folder = workshop.NewFolder("Kernel");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Kernel.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net6.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{package}" Version="{Package.Version}" /></ItemGroup>
            </Project>
            """);

        using JsonDocument items = JsonDocument.Parse(await workshop.ItemsAsync(folder, "PlugsReference"));

        JsonElement plugs = Assert.Single(items.RootElement.GetProperty("Items").GetProperty("PlugsReference").EnumerateArray());
        string path = plugs.GetProperty("FullPath").GetString()!;
        Assert.EndsWith("/ToroCosmos.Plugs.dll", path, StringComparison.Ordinal);
        Assert.True(File.Exists(path), path);
    }
}
