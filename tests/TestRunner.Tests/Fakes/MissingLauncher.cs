using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Tests.Fakes;

/// <summary>A computer without an emulator.</summary>
internal sealed class MissingLauncher : IMachineLauncher
{
    public IMachineProcess Start(MachineSpec spec) => throw new MachineException("there is no emulator");
}
