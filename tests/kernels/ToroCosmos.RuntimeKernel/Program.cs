using System;
using System.Linq;
using ToroCosmos.Hardware;
using ToroCosmos.Smp;

namespace ToroCosmos.RuntimeKernel;

/// <summary>
/// Exercises the freestanding runtime on a booted machine. Without an argument it runs every check and prints one line
/// for each, those of the cores last; with <c>fault=NAME</c> it breaks in the named way, for the tests of the panic.
/// </summary>
internal static class Program
{
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

        int failed = 0;
        foreach ((string name, Func<bool> check) in Checks.All.Concat(CoreChecks.All))
        {
            bool passed;
            string note = "";
            try
            {
                passed = check();
            }
#pragma warning disable CA1031 // Whatever a check throws is its failure.
            catch (Exception e)
#pragma warning restore CA1031
            {
                passed = false;
                note = ": " + e.GetType().Name + " " + e.Message;
            }

            failed += passed ? 0 : 1;
            MachineConsole.WriteLine((passed ? "ok " : "not ok ") + name + note);
        }

        MachineConsole.WriteLine(failed == 0 ? "all checks passed" : failed + " checks failed");
        return failed;
    }
}
