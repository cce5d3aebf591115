using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Tests.Fakes;

/// <summary>Starts a prepared machine, whatever is asked for.</summary>
internal sealed class FakeLauncher(IMachineProcess machine) : IMachineLauncher
{
    public IMachineProcess Start(MachineSpec spec) => machine;
}
