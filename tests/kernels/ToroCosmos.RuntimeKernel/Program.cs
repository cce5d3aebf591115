using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp;

namespace ToroCosmos.RuntimeKernel;

/// <summary>
/// Breaks in the way that <c>fault=NAME</c> on the command line names, for the tests of the panic; <c>console</c> asks at
/// the console. What must work without anybody's answers is in ToroCosmos.KernelSuites.
/// </summary>
internal static class Program
{
    private const int BadUsage = 2;

    private static int Main(string[] args)
    {
        Cores.Start();
        foreach (string argument in args)
        {
            if (argument == "console")
            {
                return Conversation.Hold();
            }

            if (argument.StartsWith("fault=", StringComparison.Ordinal))
            {
                return Faults.Commit(argument["fault=".Length..]);
            }
        }

        MachineConsole.WriteLine("ToroCosmos.RuntimeKernel: give fault=NAME or console");
        return BadUsage;
    }
}
