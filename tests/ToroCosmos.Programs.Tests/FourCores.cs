using TestRunner.Machines;

namespace ToroCosmos.Programs.Tests;

/// <summary>Threads run side by side.</summary>
public sealed class FourCores : IProgramMachine
{
    public int Cores => 4;

    public MachineSpec Create(BootImage image) =>
        new() { Image = image, Cores = Cores, MemoryMegabytes = 512, Cpu = "max", Accelerator = AcceleratorChoice.Tcg };
}
