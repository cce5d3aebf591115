using Microsoft.CodeAnalysis;

namespace ToroCosmos.KernelTesting.Generator;

/// <summary>Why a test cannot be registered.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Detail">More of it; empty for nothing.</param>
internal sealed record TestDefect(DiagnosticDescriptor Descriptor, string Detail = "");
