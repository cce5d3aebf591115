using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>A processor with every feature: XSAVE in place of FXSAVE.</summary>
public sealed class FourCoresWithAllFeatures : ISuiteMachine
{
    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = 4, Type = MachineType.Q35, Cpu = "max", Accelerator = AcceleratorChoice.Tcg };
}
