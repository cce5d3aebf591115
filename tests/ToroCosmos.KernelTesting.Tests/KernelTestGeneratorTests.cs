using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ToroCosmos.KernelTesting.Generator;
using Xunit;

namespace ToroCosmos.KernelTesting.Tests;

public class KernelTestGeneratorTests
{
    [Fact]
    public void A_test_is_registered_with_all_that_was_said_of_it()
    {
        (string code, ImmutableArray<Diagnostic> diagnostics) = Generate("""
            internal static class Suite
            {
                [KernelTest] internal static void Does_it_work() { }  internal static void Does_it_work(int other) { }
                [KernelTest("with \"quotes\"", On = KernelTestCores.Last, MinimumCores = 3)] public static void B(int core) { }
                [KernelTest(Core = 2, Skip = "later")] internal static void @class() { }
                internal static class Inner { [KernelTest(On = KernelTestCores.All)] internal static void C() { } }
            }
            """);

        Assert.Empty(diagnostics);
        Assert.Contains("new(\"Suite.Does_it_work\", \"Does it work\", \"Suite.cs:4\", &Test0) { On = KernelTestCores.Boot, Core = 0, MinimumCores = 1, Skip = null }", code, StringComparison.Ordinal);
        Assert.Contains("new(\"Suite.B\", \"with \\\"quotes\\\"\", \"Suite.cs:5\", &global::Suite.@B) { On = KernelTestCores.Last, Core = 0, MinimumCores = 3, Skip = null }", code, StringComparison.Ordinal);
        Assert.Contains("{ On = KernelTestCores.One, Core = 2, MinimumCores = 1, Skip = \"later\" }", code, StringComparison.Ordinal);
        Assert.Contains("private static void Test0(int core) => global::Suite.@Does_it_work();", code, StringComparison.Ordinal);
        Assert.Contains("private static void Test3(int core) => global::Suite.Inner.@C();", code, StringComparison.Ordinal);
        Assert.Contains("[assembly: global::System.Reflection.AssemblyMetadata(\"KernelTest\", \"Suite.B\")]", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_tests_still_has_a_main_to_call()
    {
        (string code, ImmutableArray<Diagnostic> diagnostics) = Generate("");

        Assert.Empty(diagnostics);
        Assert.Contains("public static int Run(string[] arguments)", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[KernelTest] internal static int M() => 0;", "TOROTEST001")]
    [InlineData("[KernelTest] internal static void M(string text) { }", "TOROTEST001")]
    [InlineData("[KernelTest] internal static void M(ref int core) { }", "TOROTEST001")]
    [InlineData("[KernelTest] internal static void M(int core, int more) { }", "TOROTEST001")]
    [InlineData("[KernelTest] internal static void M<T>() { }", "TOROTEST001")]
    [InlineData("[KernelTest] internal static async void M() => await System.Threading.Tasks.Task.Yield();", "TOROTEST001")]
    [InlineData("[KernelTest] private static void M() { }", "TOROTEST002")]
    [InlineData("private static class Hidden { [KernelTest] internal static void M() { } }", "TOROTEST002")]
    [InlineData("internal static class Generic<T> { [KernelTest] internal static void M() { } }", "TOROTEST002")]
    [InlineData("internal class Plain { [KernelTest] internal static void M() { } }", "TOROTEST002")]
    [InlineData("internal class Plain { [KernelTest] internal void M() { } }", "TOROTEST001")]
    [InlineData("[KernelTest] internal static void M() { } [KernelTest] internal static void M(int core) { }", "TOROTEST003")]
    [InlineData("[KernelTest(Core = -1)] internal static void M() { }", "TOROTEST004")]
    [InlineData("[KernelTest(Core = 1, On = KernelTestCores.All)] internal static void M() { }", "TOROTEST004")]
    [InlineData("[KernelTest(On = KernelTestCores.One)] internal static void M() { }", "TOROTEST004")]
    [InlineData("[KernelTest(MinimumCores = 0)] internal static void M() { }", "TOROTEST004")]
    [InlineData("[KernelTest(Skip = \"\")] internal static void M() { }", "TOROTEST004")]
    [InlineData("[KernelTest(\" \")] internal static void M() { }", "TOROTEST004")]
    public void Bad_use_is_an_error_where_it_stands(string member, string id)
    {
        (_, ImmutableArray<Diagnostic> diagnostics) = Generate($"internal static class Suite\n{{\n{member}\n}}");

        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.EndsWith("Suite.cs", diagnostic.Location.GetLineSpan().Path, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Runs the generator on a file, and compiles what comes out.</summary>
    internal static (string Code, ImmutableArray<Diagnostic> Diagnostics) Generate(string source)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        MetadataReference[] references =
        [
            MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
            MetadataReference.CreateFromFile(Path.Combine(runtime, "System.Runtime.dll")),
            MetadataReference.CreateFromFile(typeof(KernelTestAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(Smp.Cores).Assembly.Location),
        ];
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp13);
        var compilation = CSharpCompilation.Create(
            "Kernel",
            [CSharpSyntaxTree.ParseText("using ToroCosmos.KernelTesting;\n" + source, parse, "/kernel/Suite.cs")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([new KernelTestGenerator().AsSourceGenerator()], parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);

        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (driver.GetRunResult().Results.Single().GeneratedSources.Single().SourceText.ToString(), diagnostics);
    }
}
