using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.Gen3.Image;

/// <summary>Registers of the processor that the seam has no word for.</summary>
internal static unsafe class Registers
{
    [RuntimeImport("*", "cpu_read_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr4();

    /// <summary>Only where CR4.OSXSAVE is set.</summary>
    [RuntimeImport("*", "cpu_read_xcr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadXcr0();

    /// <summary>Stores limit and address, 10 bytes.</summary>
    [RuntimeImport("*", "cpu_store_interrupt_table")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void StoreInterruptTable(byte* pointer);

    [RuntimeImport("*", "cpu_code_selector")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint CodeSelector();

    /// <summary>Has this core's gs register point at its block.</summary>
    [RuntimeImport("*", "set_core_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetCoreBlock(CoreBlock* core);
}
