using System;

// Cosmos' patcher looks for this attribute by its name.
namespace Cosmos.Build.API.Attributes;

/// <summary>Says of which type methods are replaced.</summary>
/// <param name="targetName">The type's full name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class PlugAttribute(string targetName) : Attribute
{
    public string TargetName { get; } = targetName;
}
