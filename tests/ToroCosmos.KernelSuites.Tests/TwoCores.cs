using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>The fewest cores that can talk, each on a host thread of its own.</summary>
public sealed class TwoCores : ISuiteMachine
{
    public int Cores => 2;

    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = Cores, MemoryMegabytes = SuiteKernel.MemoryMegabytes, Accelerator = AcceleratorChoice.Tcg };
}
