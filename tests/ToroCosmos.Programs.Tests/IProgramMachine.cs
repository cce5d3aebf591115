using TestRunner.Machines;

namespace ToroCosmos.Programs.Tests;

/// <summary>A machine that the programs run on.</summary>
public interface IProgramMachine
{
    /// <summary>How many cores it has.</summary>
    int Cores { get; }

    /// <summary>The machine.</summary>
    /// <param name="image">What it boots.</param>
    MachineSpec Create(BootImage image);
}
