using System;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>An error of MPI.</summary>
public sealed class MpiException : Exception
{
    /// <param name="errorClass">The standard's error class.</param>
    /// <param name="call">The call that found it.</param>
    public MpiException(MpiError errorClass, string call)
        : base(call + ": " + MpiErrorText.Of(errorClass))
    {
        ErrorClass = errorClass;
    }

    /// <summary>The standard's error class.</summary>
    public MpiError ErrorClass { get; }
}
