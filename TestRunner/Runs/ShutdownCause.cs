namespace TestRunner.Runs;

/// <summary>Why the machine stopped, as QEMU's monitor or Bochs' log tells it.</summary>
public enum ShutdownCause
{
    /// <summary>Nothing was told: the kernel left through isa-debug-exit, or QEMU was ended or failed.</summary>
    Unknown,

    /// <summary>The kernel powered the machine off.</summary>
    PowerOff,

    /// <summary>The machine was reset, by the kernel or by a triple fault.</summary>
    Reset,

    /// <summary>gdb ended the machine.</summary>
    Debugger,
}
