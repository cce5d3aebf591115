using System;
using System.IO;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Bochs;

/// <summary>Starts machines on Bochs.</summary>
/// <param name="starting">Told just before the machine starts.</param>
public sealed class BochsLauncher(Action? starting = null) : IMachineLauncher
{
    public IMachineProcess Start(MachineSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        BochsInstallation bochs = BochsInstallation.Find() ?? throw new MachineException($"{BochsCommand.HowToInstall}.");
        starting?.Invoke();
        var folder = new TemporaryFolder();
        try
        {
            const string Configuration = "bochsrc";
            File.WriteAllText(folder.File(Configuration), BochsrcFile.Text(machine));
            File.CreateSymbolicLink(folder.File(BochsrcFile.Image), machine.Image.Path);
            // c: continue.
            string? script = bochs.DebuggerScript("c", folder);
            return BochsProcess.Start(bochs.Program, BochsCommand.Arguments(Configuration, script), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
