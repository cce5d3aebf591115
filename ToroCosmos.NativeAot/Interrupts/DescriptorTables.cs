using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Interrupts;

/// <summary>
/// The table of interrupts, one for all cores, and each core's segments and task state with the stacks that the table
/// names (Intel SDM 3A, Interrupt Stack Table).
/// </summary>
internal static unsafe class DescriptorTables
{
    public const int CodeSelector = 0x08;
    public const int DataSelector = 0x10;
    public const int Code32Selector = 0x18;
    public const int TaskStateSelector = 0x20;

    /// <summary>
    /// How many device and inter-processor interrupts a core may be handling, one inside the other; one more is a panic.
    /// </summary>
    public const int MaximumNestedInterrupts = 4;

    /// <summary>Bytes of the stack of each of them.</summary>
    public const ulong NestedStackSize = 16 * 1024;

    /// <summary>Word, of 32 bits, in the task state that holds where the next such interrupt's stack begins.</summary>
    public const int ExternalStackWord = FirstStackWord + (((int)StackExternal - 1) * 2);

    // Accessed already, so that loading them writes nothing (Intel SDM 3A, Code- and Data-Segment Descriptor Types).
    private const ulong CodeDescriptor = 0x00AF_9B00_0000_FFFF;
    private const ulong DataDescriptor = 0x00CF_9300_0000_FFFF;
    private const ulong Code32Descriptor = 0x00CF_9B00_0000_FFFF;
    private const ulong TaskStateSize = 104;

    private const int VectorNonMaskable = 2;
    private const int VectorDoubleFault = 8;

    private const ulong StackDoubleFault = 1;
    private const ulong StackNonMaskable = 2;
    private const ulong StackMachineCheck = 3;
    private const ulong StackExternal = 4;

    /// <summary>Bytes of each of a core's stacks for exceptions: a panic with its backtrace fits.</summary>
    private const ulong ExceptionStackSize = 32 * 1024;

    private const int SelectorSize = 8;

    /// <summary>Offset, in 32-bit words, of the first interrupt stack pointer in the task state.</summary>
    private const int FirstStackWord = 9;

    /// <summary>Fills the table of interrupts.</summary>
    /// <param name="withStacks">False while the cores have no stacks for interrupts yet.</param>
    public static void InitializeInterruptTable(bool withStacks)
    {
        ImageLayout* image = ImageLayout.Get();
        for (int vector = 0; vector < 256; vector++)
        {
            ulong stack = vector switch
            {
                _ when !withStacks => 0,
                VectorDoubleFault => StackDoubleFault,
                VectorNonMaskable => StackNonMaskable,
                (int)MachineChecks.Vector => StackMachineCheck,
                >= (int)InterruptDispatcher.FirstExternal => StackExternal,
                _ => 0,
            };

            // A 64-bit interrupt gate, present, ring 0 (Intel SDM 3A, IDT Descriptors).
            ulong entry = image->InterruptStubs + ((ulong)vector * 16);
            image->InterruptTable[vector * 2] = (entry & 0xFFFF) | (CodeSelector << 16) | (stack << 32) | (0x8EUL << 40)
                | ((entry >> 16 & 0xFFFF) << 48);
            image->InterruptTable[(vector * 2) + 1] = entry >> 32;
        }
    }

    /// <summary>Fills a core's segments and task state.</summary>
    public static void InitializeCore(CoreBlock* core)
    {
        ulong task = (ulong)core->TaskState;
        core->Gdt[0] = 0;
        core->Gdt[CodeSelector / SelectorSize] = CodeDescriptor;
        core->Gdt[DataSelector / SelectorSize] = DataDescriptor;
        core->Gdt[Code32Selector / SelectorSize] = Code32Descriptor;
        core->Gdt[TaskStateSelector / SelectorSize] = (TaskStateSize - 1) | ((task & 0xFFFFFF) << 16) | (0x89UL << 40) | ((task >> 24 & 0xFF) << 56);
        core->Gdt[(TaskStateSelector / SelectorSize) + 1] = task >> 32;
        core->GdtBase = core->Gdt;
        core->GdtLimit = (6 * SelectorSize) - 1;

        // No I/O permission map.
        core->TaskState[25] = (uint)TaskStateSize << 16;
    }

    /// <summary>Gives a core its stacks for interrupts.</summary>
    public static bool AllocateStacks(CoreBlock* core)
    {
        // One more than may be used, for the panic.
        const int Levels = MaximumNestedInterrupts + 1;
        return AllocateStack(core, StackDoubleFault, ExceptionStackSize, 1)
            && AllocateStack(core, StackNonMaskable, ExceptionStackSize, 1)
            && AllocateStack(core, StackMachineCheck, ExceptionStackSize, 1)
            && AllocateStack(core, StackExternal, NestedStackSize, Levels);
    }

    /// <summary>Allocates stacks one below the other, the highest of which is used first.</summary>
    private static bool AllocateStack(CoreBlock* core, ulong number, ulong bytes, int count)
    {
        ulong guard = GuardedStack.Allocate(bytes, count);
        if (guard == 0)
        {
            return false;
        }

        ulong top = guard + ((ulong)count * (PageTables.PageSize + bytes));
        int word = FirstStackWord + (((int)number - 1) * 2);
        core->TaskState[word] = (uint)top;
        core->TaskState[word + 1] = (uint)(top >> 32);
        return true;
    }
}
