using ToroCosmos.Gen3.Image;
using ToroCosmos.Gen3.Memory;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.Gen3.Interrupts;

/// <summary>
/// Segments and task state of every other core, and the table of interrupts that they share; the boot core keeps Cosmos'
/// own, in which some entries become ours (Intel SDM 3A, Interrupt and Exception Handling).
/// </summary>
internal static unsafe class DescriptorTables
{
    /// <summary>How many device and inter-processor interrupts a core may be handling, one inside the other.</summary>
    public const int MaximumNestedInterrupts = 4;

    public const ulong VectorNonMaskable = 2;
    public const ulong FirstExternal = 32;

    // The selectors of layouts.inc.
    private const ulong CodeSelector = 0x08;
    private const int SelectorSize = 8;
    private const int TaskStateEntry = 4;

    // Accessed already, so that loading them writes nothing (Intel SDM 3A, Code- and Data-Segment Descriptor Types).
    private const ulong CodeDescriptor = 0x00AF_9B00_0000_FFFF;
    private const ulong DataDescriptor = 0x00CF_9300_0000_FFFF;
    private const ulong Code32Descriptor = 0x00CF_9B00_0000_FFFF;
    private const ulong TaskStateSize = 104;

    private const ulong VectorDoubleFault = 8;
    private const ulong VectorMachineCheck = 18;

    private const ulong StackDoubleFault = 1;
    private const ulong StackNonMaskable = 2;
    private const ulong StackMachineCheck = 3;
    private const ulong StackExternal = 4;

    /// <summary>Bytes of each such stack; those of nested interrupts lie INTERRUPT_STACK_STRIDE apart (layouts.inc).</summary>
    private const ulong StackSize = 16 * 1024;

    /// <summary>Offset, in 32-bit words, of the first interrupt stack pointer in the task state.</summary>
    private const int FirstStackWord = 9;

    /// <summary>Fills the table of the other cores.</summary>
    public static void InitializeInterruptTable()
    {
        ImageLayout* image = ImageLayout.Get();
        for (ulong vector = 0; vector < 256; vector++)
        {
            ulong stack = vector switch
            {
                VectorDoubleFault => StackDoubleFault,
                VectorNonMaskable => StackNonMaskable,
                VectorMachineCheck => StackMachineCheck,
                >= FirstExternal => StackExternal,
                _ => 0,
            };
            SetEntry(image->InterruptTable, vector, CodeSelector, stack);
        }
    }

    /// <summary>Fills a core's segments and task state, and gives it stacks for interrupts.</summary>
    /// <returns>False when there is no memory for them.</returns>
    public static bool InitializeCore(CoreBlock* core)
    {
        ulong task = (ulong)core->TaskState;
        core->Gdt[1] = CodeDescriptor;
        core->Gdt[2] = DataDescriptor;
        core->Gdt[3] = Code32Descriptor;
        core->Gdt[TaskStateEntry] = (TaskStateSize - 1) | ((task & 0xFFFFFF) << 16) | (0x89UL << 40) | ((task >> 24 & 0xFF) << 56);
        core->Gdt[TaskStateEntry + 1] = task >> 32;
        core->GdtBase = core->Gdt;
        core->GdtLimit = (6 * SelectorSize) - 1;

        // No I/O permission map.
        core->TaskState[25] = (uint)TaskStateSize << 16;

        // One more than may be used, for the panic.
        return AllocateStack(core, StackDoubleFault, 1)
            && AllocateStack(core, StackNonMaskable, 1)
            && AllocateStack(core, StackMachineCheck, 1)
            && AllocateStack(core, StackExternal, MaximumNestedInterrupts + 1);
    }

    /// <summary>Puts our entry of a vector into the table of this core, the boot core.</summary>
    public static void TakeOnBootCore(ulong vector) => SetEntry(BootCoreTable(), vector, Registers.CodeSelector(), 0);

    /// <summary>Where the table of this core, the boot core, lies.</summary>
    public static ulong* BootCoreTable()
    {
        byte* pointer = stackalloc byte[16];
        Registers.StoreInterruptTable(pointer);
        return *(ulong**)(pointer + 2);
    }

    /// <summary>A 64-bit interrupt gate, present, ring 0 (Intel SDM 3A, IDT Descriptors).</summary>
    private static void SetEntry(ulong* table, ulong vector, ulong selector, ulong stack)
    {
        ulong entry = ImageLayout.Get()->InterruptStubs + (vector * 16);
        table[vector * 2] = (entry & 0xFFFF) | (selector << 16) | (stack << 32) | (0x8EUL << 40) | ((entry >> 16 & 0xFFFF) << 48);
        table[(vector * 2) + 1] = entry >> 32;
    }

    /// <summary>Allocates stacks one below the other, the highest of which is used first.</summary>
    private static bool AllocateStack(CoreBlock* core, ulong number, int count)
    {
        ulong guard = GuardedStack.Allocate(StackSize, count);
        if (guard == 0)
        {
            return false;
        }

        ulong top = guard + ((ulong)count * (PageTables.PageSize + StackSize));
        int word = FirstStackWord + (((int)number - 1) * 2);
        core->TaskState[word] = (uint)top;
        core->TaskState[word + 1] = (uint)(top >> 32);
        return true;
    }
}
