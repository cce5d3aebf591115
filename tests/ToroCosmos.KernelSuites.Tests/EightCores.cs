using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>More cores than most hosts have to give.</summary>
public sealed class EightCores : ISuiteMachine
{
    public int Cores => 8;

    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = Cores, MemoryMegabytes = SuiteKernel.MemoryMegabytes, Accelerator = AcceleratorChoice.Tcg };
}
