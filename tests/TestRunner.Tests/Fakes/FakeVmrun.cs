using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using TestRunner.VMware;

namespace TestRunner.Tests.Fakes;

/// <summary>VMware's tool as its manual describes it, with a machine that prints and then runs on, or ends.</summary>
/// <param name="output">What the machine prints into its serial file once started.</param>
/// <param name="looks">How often the machine is still listed before it has ended; negative is for ever.</param>
internal sealed class FakeVmrun(string output, int looks) : IVmrun
{
    private int _looks = looks;
    private string? _running;

    public List<string> Calls { get; } = [];

    /// <summary>What start gives; null is success.</summary>
    public VmrunAnswer? StartFails { get; init; }

    public Task<VmrunAnswer> CallAsync(IReadOnlyList<string> arguments)
    {
        lock (Calls)
        {
            Calls.Add(string.Join(' ', arguments).Replace(Folder(arguments), "", System.StringComparison.Ordinal));
        }

        return Task.FromResult(arguments[2] switch
        {
            "start" => StartFails ?? Start(arguments[3]),
            "stop" => Stop(),
            _ => List(),
        });
    }

    private static string Folder(IReadOnlyList<string> arguments) =>
        arguments.Count > 3 ? Path.GetDirectoryName(arguments[3])! + Path.DirectorySeparatorChar : "\0";

    private VmrunAnswer Start(string vmx)
    {
        _running = vmx;
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(vmx)!, "serial.txt"), output);
        return new VmrunAnswer(0, "");
    }

    private VmrunAnswer Stop()
    {
        _running = null;
        return new VmrunAnswer(0, "");
    }

    private VmrunAnswer List()
    {
        if (_looks-- == 0)
        {
            _running = null;
        }

        return new VmrunAnswer(0, _running is null ? "Total running VMs: 0" : $"Total running VMs: 1\n{_running}");
    }
}
