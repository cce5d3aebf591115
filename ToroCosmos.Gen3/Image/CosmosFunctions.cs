using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Gen3.Image;

/// <summary>
/// The functions of Cosmos that are called, all of them: those that it offers to C code. For the boot core only. The names
/// stand in build/ToroCosmos.Gen3.targets too, which looks for them before the kernel is compiled.
/// </summary>
internal static unsafe class CosmosFunctions
{
    /// <summary>Takes memory of Cosmos' heap, from whole pages when it is more than one.</summary>
    [RuntimeImport("*", "__cosmos_heap_alloc")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* AllocateHeap(nuint bytes);

    /// <summary>From a physical address to the one that Limine has mapped it at.</summary>
    [RuntimeImport("*", "__get_limine_hhdm_offset")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong HigherHalfOffset();

    /// <summary>The ACPI root pointer, in the higher half or not; null without one.</summary>
    [RuntimeImport("*", "__get_limine_rsdp_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* RootPointer();

    /// <summary>Zero-terminated; null without one.</summary>
    [RuntimeImport("*", "__get_limine_cmd_line")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* CommandLine();
}
