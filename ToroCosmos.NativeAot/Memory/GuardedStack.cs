namespace ToroCosmos.NativeAot.Memory;

/// <summary>A stack with a page below it that is not mapped, so that running over its end is a fault, not corruption.</summary>
internal static unsafe class GuardedStack
{
    /// <param name="bytes">A multiple of the page size.</param>
    /// <param name="count">How many stacks, one below the other, each with its guard.</param>
    /// <returns>The lowest guard page's address; its stack is above it. 0 when there is no memory.</returns>
    public static ulong Allocate(ulong bytes, int count = 1)
    {
        ulong stride = bytes + PageTables.PageSize;
        ulong memory = (ulong)FrameAllocator.Allocate((ulong)count * stride, PageTables.PageSize);
        if (memory == 0)
        {
            return 0;
        }

        for (int i = 0; i < count; i++)
        {
            if (!PageTables.Unmap(memory + ((ulong)i * stride)))
            {
                return 0;
            }
        }

        return memory;
    }
}
