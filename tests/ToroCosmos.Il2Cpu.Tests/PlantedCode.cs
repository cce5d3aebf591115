using System;
using System.Linq;
using ToroCosmos.Il2Cpu.Tests.Analysis;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>The planted assembly and what is found in it, by method; read once for all tests.</summary>
public sealed class PlantedCode : IDisposable
{
    public PlantedCode()
    {
        Findings = Guard.Check(Kernel).ToLookup(finding => MethodNames.Of(finding.Method));
    }

    internal KernelCode Kernel { get; } = KernelCode.Read(Assemblies.Planted);

    internal ILookup<string, Finding> Findings { get; }

    public void Dispose() => Kernel.Dispose();
}
