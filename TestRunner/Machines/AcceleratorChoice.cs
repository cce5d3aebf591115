namespace TestRunner.Machines;

/// <summary>Which accelerator the user asked for.</summary>
public enum AcceleratorChoice
{
    /// <summary>KVM where it is proven to work, else TCG in the form that suits the number of cores.</summary>
    Auto,

    /// <summary>TCG with one host thread per virtual core.</summary>
    Tcg,

    /// <summary>TCG with all virtual cores on one host thread, by turns.</summary>
    TcgSingle,

    /// <summary>
    /// TCG on one host thread with a clock that instructions drive and nothing else: the same run twice is the same to the
    /// instruction, and differences of the time-stamp counter count them.
    /// </summary>
    TcgCounted,

    /// <summary>KVM or nothing.</summary>
    Kvm,
}
