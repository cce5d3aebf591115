using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace ToroCosmos.KernelTesting.Generator;

/// <summary>Reads a method with the attribute and finds what is wrong with it.</summary>
internal static class TestMethodReader
{
    private const int OnAll = 2;
    private const int OnOne = 3;

    public static TestMethod Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var method = (IMethodSymbol)context.TargetSymbol;
        AttributeData attribute = context.Attributes[0];
        Dictionary<string, object?> options = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        object? name = attribute.ConstructorArguments.Select(argument => argument.Value).FirstOrDefault();
        var test = new TestMethod
        {
            Id = method.ContainingType.Name + "." + method.Name,
            Reference = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".@" + method.Name,
            Name = name as string ?? method.Name.Replace('_', ' '),
            TakesCore = method.Parameters.Length == 1,
            On = options.ContainsKey("Core") ? OnOne : Number(options, "On", 0),
            Core = Number(options, "Core", 0),
            MinimumCores = Number(options, "MinimumCores", 1),
            Skip = options.TryGetValue("Skip", out object? skip) ? skip as string : null,
            Place = SourcePlace.Of(method.Locations[0]),
        };
        return test with { Defect = FindDefect(method, test, options) };
    }

    private static TestDefect? FindDefect(IMethodSymbol method, TestMethod test, Dictionary<string, object?> options)
    {
        if (!method.IsStatic || !method.ReturnsVoid || method.IsAsync || method.IsGenericMethod || !TakesAtMostItsCore(method))
        {
            return new TestDefect(Diagnostics.BadMethod);
        }

        if (!method.ContainingType.IsStatic || !IsReachable(method))
        {
            return new TestDefect(Diagnostics.Unreachable);
        }

        string? contradiction = FindContradiction(test, options);
        return contradiction is null ? null : new TestDefect(Diagnostics.BadOption, contradiction);
    }

    private static bool TakesAtMostItsCore(IMethodSymbol method) =>
        method.Parameters.Length == 0
        || (method.Parameters.Length == 1
            && method.Parameters[0] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 });

    private static bool IsReachable(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            bool isVisible = symbol.DeclaredAccessibility is
                Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
            if (!isVisible || symbol is INamedTypeSymbol { IsGenericType: true } or INamedTypeSymbol { IsFileLocal: true })
            {
                return false;
            }
        }

        return true;
    }

    private static string? FindContradiction(TestMethod test, Dictionary<string, object?> options)
    {
        if (options.ContainsKey("Core") && options.ContainsKey("On"))
        {
            return "give either On or Core";
        }

        if (!options.ContainsKey("Core") && test.On is < 0 or > OnAll)
        {
            return "On is Boot, Last or All; for one core give Core";
        }

        if (test.Core < 0)
        {
            return "Core is 0 or more";
        }

        if (test.MinimumCores < 1)
        {
            return "MinimumCores is 1 or more";
        }

        if (string.IsNullOrWhiteSpace(test.Name))
        {
            return "its name is empty";
        }

        return test.Skip is not null && string.IsNullOrWhiteSpace(test.Skip) ? "Skip needs a reason" : null;
    }

    private static int Number(Dictionary<string, object?> options, string name, int otherwise) =>
        options.TryGetValue(name, out object? value) && value is int number ? number : otherwise;
}
