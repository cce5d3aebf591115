using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>One exception clause, in the layout of the class library's RhEHClause.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Clause
{
    public ClauseKind Kind;
    public uint TryStart;
    public uint TryEnd;
    public byte* Filter;
    public byte* Handler;
    public byte* TargetType;
}
