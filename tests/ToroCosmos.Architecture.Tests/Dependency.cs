namespace ToroCosmos.Architecture.Tests;

/// <summary>Something in one namespace that uses something in another.</summary>
/// <param name="From">The namespace that uses.</param>
/// <param name="To">The namespace that is used.</param>
/// <param name="Where">The type or the file in which.</param>
/// <param name="What">What it uses.</param>
internal sealed record Dependency(string From, string To, string Where, string What);
