using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// All vector registers of every width that the processor has keep every bit while interrupts are handled that use all
/// of them, and while interrupts arrive whose entry saves none.
/// </summary>
internal static unsafe class VectorRegisterSuite
{
    private const byte Vector = 0x43;
    private const int Rounds = 20;
    private const int Patience = 200_000_000;
    private const int MaximumBytes = (32 * 64) + (8 * 8);
    private const int XmmBytes = 16 * 16;
    private const int YmmBytes = 16 * 32;

    private const ulong StateAvx = 1 << 2;
    private const ulong StateAvx512 = 7 << 5;

    private static readonly int[] s_interrupts = new int[Madt.MaximumProcessors];
    private static delegate*<byte*, byte*, int*, int, int, int> s_hold;
    private static delegate*<byte*, void> s_fill;
    private static int s_bytes;

    /// <summary>What the handler fills the registers with.</summary>
    private static byte* s_noise;

    [KernelTest]
    internal static void Xmm_registers_survive_interrupts_on_every_core() => Run(&HoldXmm, &FillXmm, XmmBytes);

    [KernelTest]
    internal static void Ymm_registers_survive_interrupts_on_every_core_that_has_them()
    {
        if (Has(StateAvx))
        {
            Run(&HoldYmm, &FillYmm, YmmBytes);
        }
    }

    [KernelTest]
    internal static void Zmm_and_opmask_registers_survive_interrupts_on_every_core_that_has_them()
    {
        if (Has(StateAvx | StateAvx512) && HasMasksOf64Bits())
        {
            Run(&HoldZmm, &FillZmm, MaximumBytes);
        }
    }

    [KernelTest]
    internal static void The_area_for_saved_registers_is_large_enough_for_all_that_is_enabled()
    {
        const uint StateLeaf = 0xD;
        uint size = *ImageLayout.Get()->ExtendedStateSize;
        Check.Equal(IsXsaveEnabled() ? (int)Cpu.CpuId(StateLeaf).Ebx : 0, (int)size);
    }

    private static bool Has(ulong state) => IsXsaveEnabled() && (ProcessorState.ExpectedXcr0() & state) == state;

    private static bool IsXsaveEnabled() => (Cpu.CpuId(1).Ecx & (1 << 27)) != 0;

    /// <summary>AVX-512BW.</summary>
    private static bool HasMasksOf64Bits() => (Cpu.CpuId(7).Ebx & (1 << 30)) != 0;

    private static void Run(delegate*<byte*, byte*, int*, int, int, int> hold, delegate*<byte*, void> fill, int bytes)
    {
        s_hold = hold;
        s_fill = fill;
        s_bytes = bytes;
        Array.Clear(s_interrupts);
        s_noise = PhysicalMemory.Allocate(MaximumBytes, 64);
        for (int i = 0; i < MaximumBytes; i++)
        {
            s_noise[i] = (byte)((i * 29) + 7);
        }

        Interrupts.SetHandler(Vector, &Disturb);
        Cores.RunOnAll(&HoldOften);
        Interrupts.SetHandler(Vector, null);
    }

    private static void HoldOften(int core)
    {
        byte* pattern = PhysicalMemory.Allocate(MaximumBytes, 64);
        byte* result = PhysicalMemory.Allocate(MaximumBytes, 64);
        int next = core + 1 == Cores.Count ? 0 : core + 1;
        fixed (int* counter = &s_interrupts[core])
        {
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < s_bytes; i++)
                {
                    pattern[i] = (byte)((i * 13) + (round * 31) + core + 1);
                    result[i] = 0;
                }

                // Both are pending when the registers are loaded; the neighbour's may come at any time.
                Cpu.DisableInterrupts();
                int count = Volatile.Read(ref *counter) + 1;
                bool sent = Cores.SendInterrupt(core, Interrupts.WakeVector) && Cores.SendInterrupt(core, Vector);
                Cores.SendInterrupt(next, Interrupts.WakeVector);
                Cores.SendInterrupt(next, Vector);
                int reached = s_hold(pattern, result, counter, count, Patience);
                Cpu.EnableInterrupts();
                if (!Check.That(sent && reached != 0, "the interrupt did not arrive") || !IsKept(pattern, result))
                {
                    return;
                }
            }
        }
    }

    private static bool IsKept(byte* pattern, byte* result)
    {
        for (int i = 0; i < s_bytes; i++)
        {
            if (!Check.Equal(pattern[i], result[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Disturb(byte vector)
    {
        s_fill(s_noise);
        int core = Cpu.CurrentCore();
        Volatile.Write(ref s_interrupts[core], s_interrupts[core] + 1);
        LocalApic.EndOfInterrupt();
    }

    private static int HoldXmm(byte* pattern, byte* result, int* counter, int count, int patience) =>
        HoldXmmRegisters(pattern, result, counter, count, patience);

    private static int HoldYmm(byte* pattern, byte* result, int* counter, int count, int patience) =>
        HoldYmmRegisters(pattern, result, counter, count, patience);

    private static int HoldZmm(byte* pattern, byte* result, int* counter, int count, int patience) =>
        HoldZmmRegisters(pattern, result, counter, count, patience);

    private static void FillXmm(byte* noise) => FillXmmRegisters(noise);

    private static void FillYmm(byte* noise) => FillYmmRegisters(noise);

    private static void FillZmm(byte* noise) => FillZmmRegisters(noise);

    [RuntimeImport("*", "hold_xmm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int HoldXmmRegisters(byte* pattern, byte* result, int* counter, int count, int patience);

    [RuntimeImport("*", "hold_ymm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int HoldYmmRegisters(byte* pattern, byte* result, int* counter, int count, int patience);

    [RuntimeImport("*", "hold_zmm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int HoldZmmRegisters(byte* pattern, byte* result, int* counter, int count, int patience);

    [RuntimeImport("*", "fill_xmm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FillXmmRegisters(byte* noise);

    [RuntimeImport("*", "fill_ymm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FillYmmRegisters(byte* noise);

    [RuntimeImport("*", "fill_zmm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FillZmmRegisters(byte* noise);
}
