using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.NativeAot.Interrupts;

/// <summary>
/// Decides what an interrupt or processor exception means: a handler's call, a C# exception, or a panic.
/// </summary>
internal static unsafe class InterruptDispatcher
{
    /// <summary>The first vector that is no exception (Intel SDM 3A, Exceptions and Interrupts).</summary>
    public const ulong FirstExternal = 32;

    private const ulong DivideError = 0;
    private const ulong NonMaskable = 2;
    private const ulong DoubleFault = 8;
    private const ulong PageFault = 14;

    // What the class library takes hardware exceptions for (EH.HwExceptionCode).
    private const uint NullReference = 0;
    private const uint NullReferenceInHelper = 0x42;
    private const uint IntegerDivideByZero = 0xC0000094;
    private const uint IntegerOverflow = 0xC0000095;

    private static Handlers s_handlers;

    [InlineArray(256)]
    private struct Handlers
    {
        private nint _first;
    }

    [RuntimeExport("ToroSetInterruptHandler")]
    private static void SetHandler(byte vector, delegate*<byte, void> handler) => s_handlers[vector] = (nint)handler;

    [RuntimeExport("ToroUseLocalApic")]
    private static void UseLocalApic(byte* registers)
    {
        const int EndOfInterruptRegister = 0xB0;
        *ImageLayout.Get()->EndOfInterruptRegister = registers == null ? 0 : (ulong)registers + EndOfInterruptRegister;
    }

    /// <summary>Nobody but the plugin uses it; what firmware left running is stopped.</summary>
    [RuntimeExport("ToroIsLocalApicTaken")]
    private static bool IsLocalApicTaken() => false;

    [RuntimeExport("ToroInterrupt")]
    private static void Interrupt(InterruptFrame* frame)
    {
        ulong vector = frame->Vector;
        if (vector >= FirstExternal)
        {
            if (CoreBlock.Current()->InterruptDepth > DescriptorTables.MaximumNestedInterrupts)
            {
                KernelPanic.Fault(frame, "interrupts nested too deeply"u8, 0, false);
            }

            External(frame, vector);
            return;
        }

        if (vector == NonMaskable && KernelPanic.IsUnderWay)
        {
            while (true)
            {
                Cpu.DisableInterruptsAndHalt();
            }
        }

        ulong address = NativeCpu.ReadCr2();
        if (vector == DivideError)
        {
            ThrowInManagedCode(frame, Division.HasZeroDivisor(frame) ? IntegerDivideByZero : IntegerOverflow);
        }
        else if (vector == PageFault && address < PageTables.NullAreaEnd)
        {
            ThrowInManagedCode(frame, NullReference);
        }
        else if (IsGuardPage(vector, address))
        {
            KernelPanic.Fault(frame, "stack overflow"u8, address, true);
        }
        else
        {
            KernelPanic.Fault(frame, Name(vector), address, vector == PageFault);
        }
    }

    private static void External(InterruptFrame* frame, ulong vector)
    {
        var handler = (delegate*<byte, void>)s_handlers[(int)vector];
        if (handler != null)
        {
            handler((byte)vector);
            Cpu.DisableInterrupts();
        }
        else if (vector >= Seam.Interrupts.FirstVector || vector == Scheduler.Vector)
        {
            // Firmware may have left one pending.
            LocalApic.EndOfInterrupt();
        }

        // The outermost of nested handlers looks for all of them.
        CoreBlock* core = CoreBlock.Current();
        if (core->Scheduler != null && core->InterruptDepth == 1)
        {
            Scheduler.Interrupted(frame, (byte)vector);
        }
    }

    /// <summary>
    /// Makes the interrupted code continue in RhpThrowHwEx, as if it had called it; panics where the fault is not in
    /// compiled code.
    /// </summary>
    private static void ThrowInManagedCode(InterruptFrame* frame, uint code)
    {
        ImageLayout* image = ImageLayout.Get();
        ulong rip = frame->Rip;
        ulong rsp = frame->Rsp;
        bool inHelper = (rip >= image->LeafBegin && rip < image->LeafEnd)
            || (rip >= image->DispatchBegin && rip < image->DispatchEnd);
        if (inHelper && code == NullReference)
        {
            // The helper's caller passed the null reference.
            rip = *(ulong*)rsp;
            rsp += 8;
            code = NullReferenceInHelper;
        }

        if (!UnwindTables.Find(code == NullReferenceInHelper ? rip - 1 : rip, out _))
        {
            KernelPanic.Fault(frame, Name(frame->Vector), NativeCpu.ReadCr2(), frame->Vector == PageFault);
        }

        frame->Rdi = code;
        frame->Rsi = rip;
        frame->Rdx = rsp;
        frame->Rsp = ((rsp - 8) & ~15UL) - 8;   // aligned as at a function's entry
        frame->Rip = image->ThrowHardwareException;
    }

    private static bool IsGuardPage(ulong vector, ulong address)
    {
        ulong guard = ThreadBlock.Current()->StackGuard;
        return (vector == PageFault || vector == DoubleFault) && address >= guard && address < guard + PageTables.PageSize;
    }

    private static ReadOnlySpan<byte> Name(ulong vector) => vector switch
    {
        0 => "divide error"u8,
        1 => "debug exception"u8,
        2 => "non-maskable interrupt"u8,
        3 => "breakpoint"u8,
        4 => "overflow"u8,
        6 => "invalid opcode"u8,
        7 => "device not available"u8,
        8 => "double fault"u8,
        10 => "invalid task state"u8,
        11 => "segment not present"u8,
        12 => "stack segment fault"u8,
        13 => "general protection fault"u8,
        14 => "page fault"u8,
        16 => "floating-point error"u8,
        17 => "alignment check"u8,
        MachineChecks.Vector => "machine check"u8,
        19 => "SIMD floating-point exception"u8,
        _ => "processor exception"u8,
    };
}
