using TestRunner.Machines;

namespace TestRunner.Runs;

/// <summary>Starts machines.</summary>
public interface IMachineLauncher
{
    /// <summary>Starts a machine.</summary>
    /// <exception cref="MachineException">The emulator or its firmware is missing.</exception>
    IMachineProcess Start(MachineSpec machine);
}
