namespace ToroCosmos.NativeAot.Memory;

/// <summary>A stack with a page below it that is not mapped, so that running over its end is a fault, not corruption.</summary>
internal static unsafe class GuardedStack
{
    /// <param name="bytes">A multiple of the page size.</param>
    /// <returns>The guard page's address; the stack is above it. 0 when there is no memory.</returns>
    public static ulong Allocate(ulong bytes)
    {
        byte* memory = FrameAllocator.Allocate(bytes + PageTables.PageSize, PageTables.PageSize);
        return memory != null && PageTables.Unmap((ulong)memory) ? (ulong)memory : 0;
    }
}
