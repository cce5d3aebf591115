using TestRunner.Machines;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>A machine that the suites run on.</summary>
public interface ISuiteMachine
{
    /// <summary>How many cores it has.</summary>
    int Cores { get; }

    /// <summary>The machine.</summary>
    /// <param name="image">What it boots.</param>
    MachineSpec Create(BootImage image);
}
