using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.NativeAot.Smp;

/// <summary>Instructions that only the runtime uses; those of the hardware seam are in <see cref="Hardware.Cpu"/>.</summary>
internal static unsafe class NativeCpu
{
    [RuntimeImport("*", "cpu_read_cr2")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr2();

    [RuntimeImport("*", "cpu_read_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr3();

    [RuntimeImport("*", "cpu_write_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr3(ulong value);

    [RuntimeImport("*", "cpu_invalidate_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void InvalidatePage(ulong address);

    [RuntimeImport("*", "cpu_random")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Random(ulong* value);

    [RuntimeImport("*", "cpu_enable_extended_state")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableExtendedState(uint components);

    [RuntimeImport("*", "load_descriptor_tables")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LoadDescriptorTables(CoreBlock* core);
}
