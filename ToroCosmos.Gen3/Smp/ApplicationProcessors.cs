using System.Runtime;
using System.Threading;
using ToroCosmos.Gen3.Image;
using ToroCosmos.Gen3.Interrupts;
using ToroCosmos.Gen3.Memory;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.Gen3.Smp;

/// <summary>Prepares cores to be started, and is where they arrive: the seam's <see cref="ApplicationProcessor"/>.</summary>
internal static unsafe class ApplicationProcessors
{
    /// <summary>Bytes of every other core's main stack.</summary>
    private const ulong StackSize = 256 * 1024;

    /// <summary>A SIPI names a page below 1 MiB; the last 384 KiB of these are the BIOS' and devices'.</summary>
    private const ulong LowMemoryEnd = 0xA_0000;

    private const ulong FiveLevelPaging = 1 << 12;
    private const ulong OsXsave = 1 << 18;
    private const uint PageAttributeTable = 0x277;

    private static ulong s_trampoline;

    [RuntimeExport("ToroPrepareApplicationProcessor")]
    private static byte Prepare(int id, delegate*<int, void> entry)
    {
        if (s_trampoline == 0 && !Install())
        {
            return 0;
        }

        var core = (CoreBlock*)MemoryExports.Allocate((nuint)sizeof(CoreBlock), 128);
        ulong guard = GuardedStack.Allocate(StackSize);
        if (core == null || guard == 0 || !DescriptorTables.InitializeCore(core))
        {
            return 0;
        }

        CoreBlock.Initialize(core, id, guard, guard + PageTables.PageSize + StackSize);
        core->Entry = entry;
        Volatile.Write(ref *ImageLayout.Get()->ApplicationProcessorBlock, (ulong)core);
        return (byte)(s_trampoline >> 12);
    }

    /// <summary>
    /// Copies the start-up code to a page that nobody uses, and sets the addresses in it; and notes what the others shall
    /// have as the boot core has it.
    /// </summary>
    private static bool Install()
    {
        ImageLayout* image = ImageLayout.Get();
        ulong page = MemoryMap.HighestFreePage(LowMemoryEnd);
        ulong cr4 = Registers.ReadCr4();
        bool isReachable = page != 0 && PageTables.Root <= uint.MaxValue && (cr4 & FiveLevelPaging) == 0
            && (PageTables.IsMapped(page) || PageTables.Map(page, page, PageTables.Writable));
        if (!isReachable)
        {
            return false;
        }

        *image->BootCr4 = cr4;
        *image->BootXcr0 = (cr4 & OsXsave) != 0 ? Registers.ReadXcr0() : 0;
        *image->BootPat = Cpu.ReadMsr(PageAttributeTable);
        MemoryTypeRanges.Save();

        byte* copy = (byte*)(page + PageTables.HigherHalf);
        long length = image->TrampolineEnd - image->TrampolineBegin;
        for (long i = 0; i < length; i++)
        {
            copy[i] = image->TrampolineBegin[i];
        }

        *(uint*)(copy + (image->TrampolineGdtBase - image->TrampolineBegin)) += (uint)page;
        *(uint*)(copy + (image->TrampolineProtectedModeTarget - image->TrampolineBegin)) += (uint)page;
        *(uint*)(copy + (image->TrampolineLongModeTarget - image->TrampolineBegin)) += (uint)page;
        *(uint*)(copy + (image->TrampolineCr3 - image->TrampolineBegin)) = (uint)PageTables.Root;
        s_trampoline = page;
        return true;
    }

    [RuntimeExport("ToroApplicationProcessorStart")]
    private static void Start(CoreBlock* core)
    {
        MemoryTypeRanges.TakeBootCores();
        core->Entry(core->Id);
        while (true)
        {
            Cpu.DisableInterruptsAndHalt();
        }
    }
}
