using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ToroCosmos.Architecture.Tests;

/// <summary>What ToroCosmos.Gen3 relies on of Cosmos is what its targets look for when a kernel is built.</summary>
public sealed class Gen3NamesTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "ToroCosmos.Gen3");

    private static readonly XDocument s_targets =
        XDocument.Load(Path.Combine(s_folder, "build", "ToroCosmos.Gen3.targets"));

    [Fact]
    public void Every_function_of_Cosmos_that_is_called_is_looked_for()
    {
        string source = File.ReadAllText(Path.Combine(s_folder, "Image", "CosmosFunctions.cs"));
        string[] called = [.. Regex.Matches(source, @"RuntimeImport\(""\*"", ""(\w+)""\)").Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(called);
        Assert.Equal(called.Order(), Listed("ToroGen3Name", "Include"));
    }

    [Fact]
    public void Every_method_of_Cosmos_that_is_replaced_is_looked_for()
    {
        string[] replaced =
        [
            .. Directory.GetFiles(Path.Combine(s_folder, "Plugs"), "*Plug.cs").SelectMany(file =>
            {
                string source = File.ReadAllText(file);
                string type = Regex.Match(source, @"\[Plug\(""([\w.]+)""\)\]").Groups[1].Value;
                return Regex.Matches(source, @"\[PlugMember\]\s+public static [\w*?]+ (\w+)\(").Select(match => $"{type}.{match.Groups[1].Value}");
            }),
        ];

        Assert.NotEmpty(replaced);
        Assert.Equal(replaced.Distinct().Order(), Listed("ToroGen3Plug", "Method"));
    }

    private static string[] Listed(string item, string attribute) =>
        [.. s_targets.Descendants(item).Select(element => (string)element.Attribute(attribute)!).Order()];
}
