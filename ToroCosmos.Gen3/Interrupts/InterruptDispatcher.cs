using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.Gen3.Image;
using ToroCosmos.Gen3.Memory;
using ToroCosmos.Gen3.Panic;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.Gen3.Interrupts;

/// <summary>
/// The seam's interrupts, and what one means: a handler's call or a panic. On the boot core only those vectors come here
/// that Cosmos does not use.
/// </summary>
internal static unsafe class InterruptDispatcher
{
    private const ulong Debug = 1;
    private const ulong Breakpoint = 3;
    private const ulong Overflow = 4;
    private const ulong DoubleFault = 8;
    private const ulong PageFault = 14;

    private const int EndOfInterruptRegister = 0xB0;
    private const int TimerVectorRegister = 0x320;
    private const uint ApicBaseMsr = 0x1B;
    private const ulong ApicX2 = 1 << 10;
    private const ulong ApicEnabled = 1 << 11;
    private const ulong ApicAddress = 0x000F_FFFF_FFFF_F000;
    private const uint Masked = 1 << 16;

    private static Handlers s_handlers;

    [InlineArray(256)]
    private struct Handlers
    {
        private nint _first;
    }

    [RuntimeExport("ToroSetInterruptHandler")]
    private static void SetHandler(byte vector, delegate*<byte, void> handler)
    {
        s_handlers[vector] = (nint)handler;
        DescriptorTables.TakeOnBootCore(vector);
    }

    [RuntimeExport("ToroUseLocalApic")]
    private static void UseLocalApic(byte* registers)
    {
        *ImageLayout.Get()->EndOfInterruptRegister = registers == null ? 0 : (ulong)registers + EndOfInterruptRegister;
        DescriptorTables.InitializeInterruptTable();

        // What the plugin sends to the boot core: a wake-up, and a panic's NMI; and what Cosmos would end in a loop of the
        // boot core alone. Debuggers' exceptions stay Cosmos'.
        DescriptorTables.TakeOnBootCore(Seam.Interrupts.WakeVector);
        for (ulong vector = 0; vector < DescriptorTables.FirstExternal; vector++)
        {
            if (vector is not (Debug or Breakpoint or Overflow))
            {
                DescriptorTables.TakeOnBootCore(vector);
            }
        }
    }

    /// <summary>Cosmos' scheduler runs when its timer does. Cosmos knows the registers in memory only.</summary>
    [RuntimeExport("ToroIsLocalApicTaken")]
    private static bool IsLocalApicTaken()
    {
        ulong apic = Cpu.ReadMsr(ApicBaseMsr);
        if ((apic & (ApicEnabled | ApicX2)) != ApicEnabled)
        {
            return false;
        }

        byte* registers = (byte*)((apic & ApicAddress) + PageTables.HigherHalf);
        return PageTables.IsMapped((ulong)registers) && (*(uint*)(registers + TimerVectorRegister) & Masked) == 0;
    }

    [RuntimeExport("ToroInterrupt")]
    private static void Interrupt(InterruptFrame* frame)
    {
        ulong vector = frame->Vector;
        if (vector >= DescriptorTables.FirstExternal)
        {
            if (CoreBlock.Current()->InterruptDepth > DescriptorTables.MaximumNestedInterrupts)
            {
                KernelPanic.Fault(frame, "interrupts nested too deeply"u8, 0);
            }

            var handler = (delegate*<byte, void>)s_handlers[(int)vector];
            if (handler != null)
            {
                handler((byte)vector);
            }
            else if (vector >= Seam.Interrupts.FirstVector)
            {
                // Firmware may have left one pending.
                LocalApic.EndOfInterrupt();
            }

            return;
        }

        if (vector == DescriptorTables.VectorNonMaskable && KernelPanic.IsUnderWay)
        {
            while (true)
            {
                Cpu.DisableInterruptsAndHalt();
            }
        }

        ulong address = NativeCpu.ReadCr2();
        if (IsGuardPage(vector, address))
        {
            KernelPanic.Fault(frame, "stack overflow"u8, address);
        }

        KernelPanic.Fault(frame, FaultName.Of(vector), address);
    }

    private static bool IsGuardPage(ulong vector, ulong address)
    {
        ulong guard = CoreBlock.Current()->OwnThread.StackGuard;
        return guard != 0 && vector is PageFault or DoubleFault && address - guard < PageTables.PageSize;
    }
}
