using System.Runtime;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Interrupts;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Smp;

/// <summary>Prepares cores to be started, and is where they arrive: the runtime's side of the seam.</summary>
internal static unsafe class ApplicationProcessors
{
    private static ulong s_trampoline;
    private static bool s_installed;

    /// <summary>Sets aside the page that the start-up code is copied to.</summary>
    public static void ReserveTrampoline() => s_trampoline = FrameAllocator.TakeLowPage();

    [RuntimeExport("ToroPrepareApplicationProcessor")]
    private static byte Prepare(int id, delegate*<int, void> entry)
    {
        if (s_trampoline == 0 || (!s_installed && !Install()))
        {
            return 0;
        }

        var core = (CoreBlock*)FrameAllocator.Allocate((ulong)sizeof(CoreBlock), 128);
        ulong stackSize = ImageLayout.Get()->StackSize;
        ulong guard = GuardedStack.Allocate(stackSize);
        if (core == null || guard == 0 || !DescriptorTables.AllocateStacks(core))
        {
            return 0;
        }

        CoreBlock.Initialize(core, id, guard, guard + PageTables.PageSize + stackSize);
        core->Entry = entry;
        DescriptorTables.InitializeCore(core);
        System.Threading.Volatile.Write(ref *ImageLayout.Get()->ApplicationProcessorBlock, (ulong)core);
        return (byte)(s_trampoline >> 12);
    }

    /// <summary>
    /// Copies the start-up code, sets the addresses in it, and makes its page executable and unwritable; and notes what
    /// the others shall have as the boot core has it.
    /// </summary>
    private static bool Install()
    {
        ImageLayout* image = ImageLayout.Get();
        if (!PageTables.Map(s_trampoline, s_trampoline + PageTables.PageSize, PageTables.Writable | PageTables.NoExecute))
        {
            return false;
        }

        byte* page = (byte*)s_trampoline;
        long length = image->TrampolineEnd - image->TrampolineBegin;
        for (long i = 0; i < length; i++)
        {
            page[i] = image->TrampolineBegin[i];
        }

        MemoryTypeRanges.Save();
        *(uint*)(page + (image->TrampolineGdtBase - image->TrampolineBegin)) += (uint)s_trampoline;
        *(uint*)(page + (image->TrampolineProtectedModeTarget - image->TrampolineBegin)) += (uint)s_trampoline;
        *(uint*)(page + (image->TrampolineLongModeTarget - image->TrampolineBegin)) += (uint)s_trampoline;
        *(uint*)(page + (image->TrampolineCr3 - image->TrampolineBegin)) = (uint)PageTables.Root;
        s_installed = PageTables.Map(s_trampoline, s_trampoline + PageTables.PageSize, 0);
        return s_installed;
    }

    [RuntimeExport("ToroApplicationProcessorStart")]
    private static void Start(CoreBlock* core)
    {
        MemoryTypeRanges.TakeBootCores();
        PageAttributeTable.LoadOnThisCore();
        MachineChecks.EnableOnThisCore();
        ThreadTable.Add(&core->OwnThread);
        core->Entry(core->Id);
        while (true)
        {
            Cpu.DisableInterruptsAndHalt();
        }
    }
}
