using System;
using ToroCosmos.Hardware;

namespace ToroCosmos.Demo;

internal static class Program
{
    private static int Main(string[] args)
    {
        MachineConsole.WriteLine("hello " + string.Join("|", args));
        try
        {
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException e)
        {
            MachineConsole.WriteLine("caught " + e.Message);
        }

        while (args.Length == 0)
        {
            Cpu.Pause();
        }

        return 0;
    }
}
