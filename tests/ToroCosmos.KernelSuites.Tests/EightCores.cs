using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>More cores than most hosts have to give.</summary>
public sealed class EightCores : ISuiteMachine
{
    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = 8, Accelerator = AcceleratorChoice.Tcg };
}
