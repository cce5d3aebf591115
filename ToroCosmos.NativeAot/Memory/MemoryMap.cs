using System.Runtime.CompilerServices;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The usable memory that the firmware reported, in order, with no overlaps. What anybody declares reserved wins over
/// what is declared usable, in whichever order the firmware lists them.
/// </summary>
internal static unsafe class MemoryMap
{
    /// <summary>More regions than any firmware reports; further ones are ignored.</summary>
    public const int Capacity = 128;

    private static Regions s_regions;
    private static int s_count;

    [InlineArray(Capacity)]
    private struct Regions
    {
        private MemoryRegion _first;
    }

    public static int Count => s_count;

    /// <summary>Bytes that nobody has taken yet.</summary>
    public static ulong Left
    {
        get
        {
            ulong bytes = 0;
            for (int i = 0; i < s_count; i++)
            {
                bytes += Region(i)->End - Region(i)->Start;
            }

            return bytes;
        }
    }

    public static MemoryRegion* Region(int index) => (MemoryRegion*)Unsafe.AsPointer(ref s_regions[0]) + index;

    /// <summary>Adds usable memory; parts already known are not counted twice.</summary>
    public static void AddUsable(ulong start, ulong length)
    {
        ulong end = start + length;
        if (end < start || end > PhysicalAddresses.End)
        {
            end = PhysicalAddresses.End;
        }

        if (start >= end)
        {
            return;
        }

        // What overlaps is taken out first, so that regions stay disjoint.
        Remove(start, end);
        int at = s_count;
        if (at == Capacity)
        {
            return;
        }

        while (at > 0 && Region(at - 1)->Start > start)
        {
            *Region(at) = *Region(at - 1);
            at--;
        }

        Region(at)->Start = start;
        Region(at)->End = end;
        s_count++;
    }

    /// <summary>Takes a stretch out, splitting regions as needed; when there are too many, the smaller part is lost.</summary>
    public static void Remove(ulong start, ulong end)
    {
        for (int i = 0; i < s_count; i++)
        {
            MemoryRegion* region = Region(i);
            if (end <= region->Start || start >= region->End)
            {
                continue;
            }

            bool keepLow = region->Start < start;
            bool keepHigh = region->End > end;
            if (keepLow && keepHigh && s_count < Capacity)
            {
                for (int j = s_count; j > i + 1; j--)
                {
                    *Region(j) = *Region(j - 1);
                }

                s_count++;
                Region(i + 1)->Start = end;
                Region(i + 1)->End = region->End;
                region->End = start;
                i++;
            }
            else if (keepLow && (!keepHigh || start - region->Start > region->End - end))
            {
                region->End = start;
            }
            else if (keepHigh)
            {
                region->Start = end;
            }
            else
            {
                for (int j = i; j < s_count - 1; j++)
                {
                    *Region(j) = *Region(j + 1);
                }

                s_count--;
                i--;
            }
        }
    }

    /// <summary>Whether any usable memory lies in the stretch.</summary>
    public static bool Overlaps(ulong start, ulong end)
    {
        for (int i = 0; i < s_count; i++)
        {
            if (start < Region(i)->End && end > Region(i)->Start)
            {
                return true;
            }
        }

        return false;
    }
}
