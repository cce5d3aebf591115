using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>Cores that run by turns, so that a waiting one must hand over.</summary>
public sealed class ThreeCoresByTurns : ISuiteMachine
{
    public int Cores => 3;

    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = Cores, MemoryMegabytes = SuiteKernel.MemoryMegabytes, Type = MachineType.Q35, Accelerator = AcceleratorChoice.TcgSingle };
}
