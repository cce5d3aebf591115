namespace ToroCosmos.Mpi.Memory;

/// <summary>
/// The numbers of what a process makes: above those of the standard's own objects, which are below 0x400. A request's
/// number also tells which use of its place it is, so that a freed one is found out.
/// </summary>
internal static class Handles
{
    /// <summary>The number of the first place.</summary>
    public const int First = 0x1000;

    /// <summary>The most places that a pool of requests can have.</summary>
    public const int MaximumRequests = 0xE000;

    private const int GenerationShift = 16;
    private const int GenerationMask = 0x7FFF;

    /// <summary>The number of a request.</summary>
    public static int OfRequest(int index, int generation) =>
        ((generation & GenerationMask) << GenerationShift) | (First + index);

    /// <summary>The place that a request's number tells.</summary>
    public static int IndexOf(int handle) => (handle & 0xFFFF) - First;

    /// <summary>Whether a request's number is of this use of its place.</summary>
    public static bool IsOf(int handle, int generation) => handle >> GenerationShift == (generation & GenerationMask);
}
