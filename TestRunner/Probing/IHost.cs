using TestRunner.Machines;

namespace TestRunner.Probing;

/// <summary>What this computer can do. Each answer is found out once, when it is first asked for.</summary>
public interface IHost
{
    /// <summary>Whether QEMU is here.</summary>
    ProbeFinding Qemu { get; }

    /// <summary>Whether VMware's vmrun is here.</summary>
    ProbeFinding Vmware { get; }

    /// <summary>Whether Bochs is here and starts.</summary>
    ProbeFinding Bochs { get; }

    /// <summary>Whether Bochs has a processor model.</summary>
    ProbeFinding BochsProcessor(string model);

    /// <summary>Whether a firmware is here.</summary>
    ProbeFinding Firmware(FirmwareKind firmware);

    /// <summary>Whether an accelerator runs a guest.</summary>
    ProbeFinding Accelerator(Accelerator accelerator);

    /// <summary>Whether QEMU has a machine type.</summary>
    ProbeFinding Machine(MachineType machine);

    /// <summary>Whether a processor with x2APIC can be had.</summary>
    ProbeFinding X2Apic { get; }
}
