namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>What a clause does, in the numbers of the class library.</summary>
internal enum ClauseKind
{
    /// <summary>Catches one type.</summary>
    Typed = 0,

    /// <summary>A finally or fault handler.</summary>
    Fault = 1,

    /// <summary>Catches what its filter accepts.</summary>
    Filter = 2,
}
