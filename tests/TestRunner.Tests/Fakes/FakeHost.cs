using TestRunner.Machines;
using TestRunner.Probing;

namespace TestRunner.Tests.Fakes;

/// <summary>A computer that has everything, except what a test takes away.</summary>
internal sealed class FakeHost(params string[] missing) : IHost
{
    public ProbeFinding Qemu => Find("qemu");

    public ProbeFinding Vmware => Find("vmware");

    public ProbeFinding Bochs => Find("bochs");

    public ProbeFinding BochsProcessor(string model) => Find(model);

    public ProbeFinding X2Apic => Find("x2apic");

    public ProbeFinding Firmware(FirmwareKind firmware) => Find(MachineWords.WordFor(MachineWords.Firmwares, firmware));

    public ProbeFinding Accelerator(Accelerator accelerator) => Find(accelerator == Machines.Accelerator.Kvm ? "kvm" : "tcg");

    public ProbeFinding Machine(MachineType machine) => Find(MachineWords.WordFor(MachineWords.Machines, machine));

    private ProbeFinding Find(string name)
    {
        bool works = System.Array.IndexOf(missing, name) < 0;
        return new ProbeFinding("test", name, works, works ? "here" : $"there is no {name}");
    }
}
