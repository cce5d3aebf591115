namespace TestRunner.Machines;

/// <summary>The program that provides the machine.</summary>
public enum HypervisorKind
{
    /// <summary>QEMU.</summary>
    Qemu,

    /// <summary>VMware Workstation, Player or Fusion, driven by <c>vmrun</c>.</summary>
    Vmware,
}
