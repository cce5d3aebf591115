using TestRunner.Machines;

namespace ToroCosmos.Programs.Tests;

/// <summary>All threads share the one core.</summary>
public sealed class OneCore : IProgramMachine
{
    public int Cores => 1;

    public MachineSpec Create(BootImage image) =>
        new() { Image = image, Cores = Cores, MemoryMegabytes = 512, Cpu = "max", Accelerator = AcceleratorChoice.Tcg };
}
