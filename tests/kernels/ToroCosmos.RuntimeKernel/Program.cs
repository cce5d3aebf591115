using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp;

namespace ToroCosmos.RuntimeKernel;

/// <summary>
/// Breaks in the way that <c>fault=NAME</c> on the command line names, for the tests of the panic. What must work is in
/// ToroCosmos.KernelSuites.
/// </summary>
internal static class Program
{
    private const int BadUsage = 2;

    private static int Main(string[] args)
    {
        Cores.Start();
        foreach (string argument in args)
        {
            if (argument.StartsWith("fault=", StringComparison.Ordinal))
            {
                return Faults.Commit(argument["fault=".Length..]);
            }
        }

        MachineConsole.WriteLine("ToroCosmos.RuntimeKernel: give fault=NAME");
        return BadUsage;
    }
}
