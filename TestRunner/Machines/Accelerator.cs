namespace TestRunner.Machines;

/// <summary>The accelerator that a machine really runs on.</summary>
public enum Accelerator
{
    /// <summary>QEMU's translator, one host thread per virtual core.</summary>
    TcgMulti,

    /// <summary>QEMU's translator, one host thread for all virtual cores.</summary>
    TcgSingle,

    /// <summary>As <see cref="TcgSingle"/>, with a clock that instructions drive.</summary>
    TcgCounted,

    /// <summary>Hardware virtualization of the Linux kernel.</summary>
    Kvm,
}
