using System.Runtime.InteropServices;

namespace ToroCosmos.Smp.Waiting;

/// <summary>The memory of a <see cref="CoreSignal"/>: each side writes its own half, on lines of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = CoreSignal.MemoryBytes)]
internal struct SignalWords
{
    /// <summary>The setter: how many times it was set, modulo 2^32.</summary>
    [FieldOffset(0)]
    public uint Set;

    /// <summary>The core that waits: how many of these it has taken, modulo 2^32.</summary>
    [FieldOffset(CoreSignal.MemoryAlignment)]
    public uint Taken;

    /// <summary>The core that waits: 1 while it sleeps until <see cref="Set"/> changes.</summary>
    [FieldOffset(CoreSignal.MemoryAlignment + sizeof(uint))]
    public uint Asleep;
}
