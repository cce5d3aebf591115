using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>Cores that run by turns, so that a waiting one must hand over.</summary>
public sealed class ThreeCoresByTurns : ISuiteMachine
{
    public MachineSpec Create(BootImage image) => new() { Image = image, Cores = 3, Type = MachineType.Q35, Accelerator = AcceleratorChoice.TcgSingle };
}
