using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>A function or a handler's funclet, as the unwind tables describe it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Function
{
    public byte* Start;
    public byte* End;

    /// <summary>Start of the method that a funclet belongs to; otherwise <see cref="Start"/>.</summary>
    public byte* MethodStart;

    /// <summary>The frame description entry.</summary>
    public byte* Description;

    /// <summary>The method's exception clauses, or null.</summary>
    public byte* Clauses;
    public bool IsFunclet;
}
