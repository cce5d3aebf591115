using System;

namespace ToroCosmos;

/// <summary>
/// Marks code that runs on any core, so that the rules for application processors hold for it and for all that it calls;
/// docs/cosmos.md has them. On a type it marks the public methods and properties, not the constructors.
/// </summary>
/// <remarks>It changes nothing in a kernel. A test reads the compiled code and fails where a rule is broken.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class AnyCoreAttribute : Attribute;
