using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>Where a method's code lies, in the layout of the class library's MethodRegionInfo; there is no cold part.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodRegions
{
    public byte* HotStart;
    public nuint HotSize;
    public byte* ColdStart;
    public nuint ColdSize;
}
