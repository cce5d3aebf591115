using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.CostKernel;

/// <summary>What ran before the kernel, whose cost is not the kernel's.</summary>
internal static class BootLoader
{
    /// <summary>The time-stamp counter when the boot loader had handed over to the kernel.</summary>
    public static ulong DoneAt => EntryTimestamp();

    [RuntimeImport("*", "ToroEntryTimestamp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong EntryTimestamp();
}
