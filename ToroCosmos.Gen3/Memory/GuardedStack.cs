namespace ToroCosmos.Gen3.Memory;

/// <summary>
/// A stack with a page below it that is not mapped, so that running over its end is a fault, not corruption. The stacks lie
/// at addresses of their own: the pages of the heap are parts of large ones, which are not taken apart.
/// </summary>
internal static unsafe class GuardedStack
{
    private static ulong s_next;

    /// <param name="bytes">A multiple of the page size.</param>
    /// <param name="count">How many stacks, one below the other, each with its guard.</param>
    /// <returns>The lowest guard page's address; its stack is above it. 0 when there is no memory.</returns>
    public static ulong Allocate(ulong bytes, int count = 1)
    {
        if (s_next == 0)
        {
            s_next = PageTables.FindUnusedAddresses();
        }

        ulong guard = s_next;
        for (int i = 0; guard != 0 && i < count; i++)
        {
            s_next += PageTables.PageSize;
            ulong memory = (ulong)MemoryExports.Allocate((nuint)bytes, (nuint)PageTables.PageSize);
            if (memory == 0)
            {
                return 0;
            }

            for (ulong at = 0; at < bytes; at += PageTables.PageSize)
            {
                if (!PageTables.Map(s_next, memory + at - PageTables.HigherHalf, PageTables.Writable | PageTables.NoExecute))
                {
                    return 0;
                }

                s_next += PageTables.PageSize;
            }
        }

        return guard;
    }
}
