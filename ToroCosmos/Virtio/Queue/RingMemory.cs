using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.Seam;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// Every access to a field that the other side also accesses goes through here, so that a toolchain or a test can put
/// its own memory behind the queues by replacing this one file. Each call is exactly one access of the field's width.
/// </summary>
public static unsafe class RingMemory
{
    /// <summary>Reads an index or a flag; later accesses stay after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Load(ushort* field) => Volatile.Read(ref *field);

    /// <summary>Reads an element's field or a state word; later accesses stay after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Load(uint* field) => Volatile.Read(ref *field);

    /// <summary>Writes an index or a flag; earlier accesses stay before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ushort* field, ushort value) => Volatile.Write(ref *field, value);

    /// <summary>Writes an element's field or a state word; earlier accesses stay before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(uint* field, uint value) => Volatile.Write(ref *field, value);

    /// <summary>Orders every earlier access before every later one, a store before a load included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fence() => Cpu.FullFence();
}
