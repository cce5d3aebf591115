using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>Instructions that only the runtime uses; those of the hardware seam are in <see cref="Seam.Cpu"/>.</summary>
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

    /// <summary>Switches this core's caches off and writes back what is in them.</summary>
    [RuntimeImport("*", "cpu_disable_caches")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void DisableCaches();

    /// <summary>Switches this core's caches on, empty.</summary>
    [RuntimeImport("*", "cpu_enable_caches")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableCaches();

    [RuntimeImport("*", "load_descriptor_tables")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LoadDescriptorTables(CoreBlock* core);
}
