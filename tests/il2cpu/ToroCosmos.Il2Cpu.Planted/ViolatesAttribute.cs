using System;

namespace ToroCosmos.Il2Cpu.Planted;

/// <summary>Names the rules that a method breaks. A method without it breaks none.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class ViolatesAttribute : Attribute
{
    public ViolatesAttribute(params string[] rules)
    {
        Rules = rules;
    }

    public string[] Rules { get; }
}
