using ToroCosmos.Gen3.Image;

namespace ToroCosmos.Gen3.Memory;

/// <summary>
/// The machine's memory as Limine told it to Cosmos. The kernel may not ask a second time, so Cosmos' request is found in
/// the image in the way that Limine finds it: by its identifier (Limine Boot Protocol, Requests; Memory Map Feature).
/// </summary>
internal static unsafe class MemoryMap
{
    private const ulong CommonMagic0 = 0xC7B1_DD30_DF4C_8B88;
    private const ulong CommonMagic1 = 0x0A82_E883_A194_F07B;
    private const ulong MemoryMap0 = 0x67CF_3D9D_378A_806F;
    private const ulong MemoryMap1 = 0xE304_ACDF_C50C_3C62;

    // Words of a request, of its response and of a region.
    private const int RequestResponse = 5;
    private const int ResponseCount = 1;
    private const int ResponseRegions = 2;
    private const int RegionStart = 0;
    private const int RegionLength = 1;
    private const int RegionType = 2;

    private const ulong TypeUsable = 0;
    private const ulong TypeBootLoader = 5;
    private const ulong TypeKernel = 6;

    private static ulong* s_response;

    /// <summary>Looks for what Limine has answered, once.</summary>
    /// <returns>False when the kernel has no such request, or no answer.</returns>
    public static bool Find()
    {
        if (s_response != null)
        {
            return true;
        }

        ImageLayout* image = ImageLayout.Get();
        for (ulong page = image->KernelStart; page < image->KernelEnd; page += PageTables.PageSize)
        {
            if (!PageTables.IsMapped(page))
            {
                continue;
            }

            for (ulong* word = (ulong*)page; word < (ulong*)(page + PageTables.PageSize); word++)
            {
                // The identifier may go on in the next page, which is mapped too: a request is never torn.
                if (*word == CommonMagic0 && word[1] == CommonMagic1 && word[2] == MemoryMap0 && word[3] == MemoryMap1)
                {
                    s_response = (ulong*)word[RequestResponse];
                    return s_response != null;
                }
            }
        }

        return false;
    }

    /// <summary>Whether an address is one of memory that a kernel's data may lie in.</summary>
    public static bool IsMemory(ulong physicalAddress)
    {
        for (ulong i = 0; Find() && i < s_response[ResponseCount]; i++)
        {
            ulong* region = Region(i);
            if (region[RegionType] is TypeUsable or TypeBootLoader or TypeKernel
                && physicalAddress - region[RegionStart] < region[RegionLength])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a stretch has a part in any region that the map lists.</summary>
    public static bool Overlaps(ulong start, ulong end)
    {
        for (ulong i = 0; Find() && i < s_response[ResponseCount]; i++)
        {
            ulong* region = Region(i);
            if (region[RegionType] is TypeUsable or TypeBootLoader or TypeKernel
                && start < region[RegionStart] + region[RegionLength] && region[RegionStart] < end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The highest free page that ends at or below a limit; 0 when there is none. Cosmos takes its memory from the largest
    /// free region, which is never below 1 MiB.
    /// </summary>
    public static ulong HighestFreePage(ulong limit)
    {
        ulong found = 0;
        for (ulong i = 0; Find() && i < s_response[ResponseCount]; i++)
        {
            ulong* region = Region(i);
            ulong end = region[RegionStart] + region[RegionLength];
            ulong page = ((end < limit ? end : limit) & ~(PageTables.PageSize - 1)) - PageTables.PageSize;
            if (region[RegionType] == TypeUsable && end >= PageTables.PageSize && page >= region[RegionStart]
                && page + PageTables.PageSize <= limit && page > found)
            {
                found = page;
            }
        }

        return found;
    }

    private static ulong* Region(ulong index) => ((ulong**)s_response[ResponseRegions])[index];
}
