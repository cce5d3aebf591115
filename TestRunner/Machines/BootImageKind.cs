namespace TestRunner.Machines;

/// <summary>How a kernel gets into the machine.</summary>
public enum BootImageKind
{
    /// <summary>An ELF file that QEMU loads itself through its PVH note, or Linux (<c>-kernel</c>).</summary>
    Kernel,

    /// <summary>A CD image with a boot loader (<c>-cdrom</c>).</summary>
    Iso,
}
