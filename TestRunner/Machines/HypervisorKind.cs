namespace TestRunner.Machines;

/// <summary>The program that provides the machine.</summary>
public enum HypervisorKind
{
    /// <summary>QEMU.</summary>
    Qemu,

    /// <summary>VMware Workstation, Player or Fusion, driven by <c>vmrun</c>.</summary>
    Vmware,

    /// <summary>Bochs, an emulator of processors by name that is stricter than QEMU's.</summary>
    Bochs,
}
