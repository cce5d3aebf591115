using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Interrupts;

/// <summary>
/// The table of interrupts, one for all cores, and each core's segments and task state with the stacks that the table
/// names (Intel SDM 3A, Interrupt Stack Table).
/// </summary>
internal static unsafe class DescriptorTables
{
    // Accessed already, so that loading them writes nothing (Intel SDM 3A, Code- and Data-Segment Descriptor Types).
    private const ulong CodeDescriptor = 0x00AF_9B00_0000_FFFF;
    private const ulong DataDescriptor = 0x00CF_9300_0000_FFFF;
    private const ulong Code32Descriptor = 0x00CF_9B00_0000_FFFF;
    private const ulong TaskStateSize = 104;

    private const int VectorNonMaskable = 2;
    private const int VectorDoubleFault = 8;
    private const int VectorMachineCheck = 18;
    private const int FirstExternalVector = 32;

    private const ulong StackDoubleFault = 1;
    private const ulong StackNonMaskable = 2;
    private const ulong StackMachineCheck = 3;
    private const ulong StackExternal = 4;
    private const int StackCount = 4;

    /// <summary>Bytes of each of a core's stacks for interrupts: a panic with its backtrace fits.</summary>
    private const ulong InterruptStackSize = 32 * 1024;

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
                VectorMachineCheck => StackMachineCheck,
                >= FirstExternalVector => StackExternal,
                _ => 0,
            };

            // A 64-bit interrupt gate, present, ring 0 (Intel SDM 3A, IDT Descriptors).
            ulong entry = image->InterruptStubs + ((ulong)vector * 16);
            image->InterruptTable[vector * 2] = (entry & 0xFFFF) | (0x08 << 16) | (stack << 32) | (0x8EUL << 40)
                | ((entry >> 16 & 0xFFFF) << 48);
            image->InterruptTable[(vector * 2) + 1] = entry >> 32;
        }
    }

    /// <summary>Fills a core's segments and task state.</summary>
    public static void InitializeCore(CoreBlock* core)
    {
        ulong task = (ulong)core->TaskState;
        core->Gdt[0] = 0;
        core->Gdt[1] = CodeDescriptor;
        core->Gdt[2] = DataDescriptor;
        core->Gdt[3] = Code32Descriptor;
        core->Gdt[4] = (TaskStateSize - 1) | ((task & 0xFFFFFF) << 16) | (0x89UL << 40) | ((task >> 24 & 0xFF) << 56);
        core->Gdt[5] = task >> 32;
        core->GdtBase = core->Gdt;
        core->GdtLimit = (6 * 8) - 1;

        // No I/O permission map.
        core->TaskState[25] = (uint)TaskStateSize << 16;
    }

    /// <summary>Gives a core its stacks for interrupts.</summary>
    public static bool AllocateStacks(CoreBlock* core)
    {
        for (int i = 0; i < StackCount; i++)
        {
            ulong guard = GuardedStack.Allocate(InterruptStackSize);
            if (guard == 0)
            {
                return false;
            }

            ulong top = guard + PageTables.PageSize + InterruptStackSize;
            core->TaskState[FirstStackWord + (i * 2)] = (uint)top;
            core->TaskState[FirstStackWord + (i * 2) + 1] = (uint)(top >> 32);
        }

        return true;
    }
}
