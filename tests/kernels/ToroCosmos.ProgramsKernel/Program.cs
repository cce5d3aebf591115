using System;
using ToroCosmos.Platform;
using ToroCosmos.Programs;
using ToroCosmos.Smp;

namespace ToroCosmos.ProgramsKernel;

/// <summary>
/// Runs the programs of ordinary C# on a machine with all its cores, and tells of each that it begins and what it answered.
/// <c>from=ID</c> on the command line begins with that program, <c>only=ID</c> runs no other.
/// </summary>
internal static class Program
{
    private const int BadUsage = 2;

    private static int Main(string[] args)
    {
        Cores.Start();
        SampleProgram[] programs = [.. Catalog.All];
        foreach (string argument in args)
        {
            string[] parts = argument.Split('=', 2);
            int index = Array.FindIndex(programs, program => program.Id == parts[^1]);
            if (index < 0 || parts[0] is not ("from" or "only"))
            {
                MachineConsole.WriteLine($"ToroCosmos.ProgramsKernel: {argument} is neither from=ID nor only=ID of a program");
                return BadUsage;
            }

            programs = parts[0] == "from" ? programs[index..] : [programs[index]];
        }

        foreach (SampleProgram program in programs)
        {
            MachineConsole.WriteLine(ProgramLine.Begins(program.Id));
            MachineConsole.WriteLine(ProgramLine.Answered(program.Id, program.Run()));
        }

        MachineConsole.WriteLine(ProgramLine.End(programs.Length));
        return 0;
    }
}
