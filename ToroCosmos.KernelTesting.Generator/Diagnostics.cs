using Microsoft.CodeAnalysis;

namespace ToroCosmos.KernelTesting.Generator;

/// <summary>What can be wrong with a test's declaration.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor BadMethod = Create(
        "TOROTEST001",
        "A kernel test has the wrong form",
        "The kernel test '{0}' must be a static, not generic, not async method that returns void and takes nothing or one int, its core");

    public static readonly DiagnosticDescriptor Unreachable = Create(
        "TOROTEST002",
        "A kernel test is out of reach",
        "The kernel test '{0}' must be internal or public, and so must its class, which must be static and not generic");

    public static readonly DiagnosticDescriptor Repeated = Create(
        "TOROTEST003",
        "Two kernel tests have the same name",
        "There is another kernel test '{0}': class and method together must be unique in the kernel");

    public static readonly DiagnosticDescriptor BadOption = Create(
        "TOROTEST004",
        "An option of a kernel test has no meaning",
        "The kernel test '{0}': {1}");

    private static DiagnosticDescriptor Create(string id, string title, string message) =>
        new(id, title, message, "KernelTests", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
