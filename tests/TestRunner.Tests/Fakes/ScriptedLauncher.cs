using System;
using System.Threading;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Tests.Fakes;

/// <summary>Makes a machine for each start, and counts how many were asked for.</summary>
internal sealed class ScriptedLauncher(Func<MachineSpec, IMachineProcess> make) : IMachineLauncher
{
    private int _starts;

    public int Starts => _starts;

    public IMachineProcess Start(MachineSpec spec)
    {
        Interlocked.Increment(ref _starts);
        return make(spec);
    }
}
