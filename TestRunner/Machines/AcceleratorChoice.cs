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

    /// <summary>KVM or nothing.</summary>
    Kvm,
}
