using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Interrupts;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>What assembly and C# must agree on: layouts.inc, and the processor's own registers.</summary>
internal static unsafe class LayoutSuite
{
    [KernelTest]
    internal static void Assembly_and_managed_code_mean_the_same_fields()
    {
        CoreBlock core = default;
        byte* c = (byte*)&core;
        ThreadBlock thread = default;
        byte* b = (byte*)&thread;
        InterruptFrame frame = default;
        ThrowContext context = default;
        byte* t = (byte*)&context;
        ExInfo exception = default;
        byte* e = (byte*)&exception;
        Registers registers = default;
        byte* r = (byte*)&registers;
        long[] expected =
        [
            (byte*)&core.Self - c, (byte*)&core.Id - c, (byte*)&core.Thread - c,
            (byte*)&core.Lends - c,
            (byte*)&core.GdtLimit - c, (byte*)&core.GdtBase - c,
            (byte*)(core.TaskState + DescriptorTables.ExternalStackWord) - c, (byte*)&core.InterruptDepth - c,
            (byte*)&thread.AllocationPointer - b, (byte*)&thread.AllocationLimit - b, (byte*)&thread.ExInfoHead - b,
            (byte*)&thread.StackTop - b, (byte*)&thread.SavedStackPointer - b, (byte*)&thread.OnCore - b,
            (byte*)&thread.Interrupted - b,
            DescriptorTables.CodeSelector, DescriptorTables.DataSelector, DescriptorTables.Code32Selector,
            DescriptorTables.TaskStateSelector,
            (long)InterruptDispatcher.FirstExternal, Scheduler.Vector, Interrupts.WakeVector, Interrupts.SpuriousVector,
            (byte*)&frame.Vector - (byte*)&frame, (long)(DescriptorTables.NestedStackSize + PageTables.PageSize),
            sizeof(ThrowContext), (byte*)&context.Rip - t, (byte*)&context.Rsp - t, (byte*)&context.Rbp - t,
            (byte*)&context.Rbx - t, (byte*)&context.R12 - t, (byte*)&context.R13 - t, (byte*)&context.R14 - t,
            (byte*)&context.R15 - t,
            sizeof(ExInfo), (byte*)&exception.Previous - e, (byte*)&exception.Context - e, (byte*)&exception.Exception - e,
            &exception.Kind - e, &exception.Pass - e, (byte*)&exception.CurrentClause - e,
            (byte*)&registers.Rbx - r, (byte*)&registers.Rbp - r, (byte*)&registers.R12 - r, (byte*)&registers.R13 - r,
            (byte*)&registers.R14 - r, (byte*)&registers.R15 - r, (byte*)&registers.Rsp - r, (byte*)&registers.Rip - r,
            -1,
        ];
        long* found = AssemblyLayout();
        for (int i = 0; i < expected.Length; i++)
        {
            Check.That(found[i] == expected[i], $"value {i} of layouts.inc is {found[i]}, but {expected[i]} in C#");
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_uses_its_own_descriptors_by_the_selectors_of_the_table()
    {
        Check.Equal(DescriptorTables.CodeSelector, ReadCs());
        Check.Equal(DescriptorTables.DataSelector, ReadSs());
        Check.Equal(DescriptorTables.TaskStateSelector, ReadTaskRegister());
        Check.That(CoreBlock.Current()->GdtBase == CoreBlock.Current()->Gdt);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_has_a_stack_of_the_chosen_size()
    {
        ThreadBlock* thread = ThreadBlock.Current();
        ulong size = thread->StackTop - thread->StackGuard - PageTables.PageSize;
        Check.Equal((long)ImageLayout.Get()->StackSize, (long)size);
        byte local;
        Check.That((ulong)&local < thread->StackTop && (ulong)&local > thread->StackGuard);
    }

    [RuntimeImport("*", "assembly_layout")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long* AssemblyLayout();

    [RuntimeImport("*", "state_cs")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ReadCs();

    [RuntimeImport("*", "state_ss")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ReadSs();

    [RuntimeImport("*", "state_task_register")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ReadTaskRegister();
}
