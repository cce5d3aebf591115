using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>A processor with every feature: XSAVE in place of FXSAVE.</summary>
public sealed class FourCoresWithAllFeatures : ISuiteMachine
{
    public int Cores => 4;

    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = Cores, MemoryMegabytes = SuiteKernel.MemoryMegabytes, Type = MachineType.Q35, Cpu = "max", Accelerator = AcceleratorChoice.Tcg };
}
