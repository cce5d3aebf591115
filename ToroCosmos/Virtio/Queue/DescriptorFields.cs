using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>Writes the fields of descriptors, each by one access of its width or, for addresses, by two.</summary>
internal static unsafe class DescriptorFields
{
    /// <summary>Writes a descriptor of a split ring or of a table for it.</summary>
    public static void Write(Descriptor* descriptor, ulong address, uint bytes, DescriptorFlags flags, int next)
    {
        WriteBuffer((uint*)descriptor, address, bytes);
        RingMemory.Store((ushort*)&descriptor->Flags, (ushort)flags);
        RingMemory.Store(&descriptor->Next, (ushort)next);
    }

    /// <summary>Writes a descriptor of a packed ring or of a table for it, but for the flags.</summary>
    public static void Write(PackedDescriptor* descriptor, ulong address, uint bytes, int id)
    {
        WriteBuffer((uint*)descriptor, address, bytes);
        RingMemory.Store(&descriptor->Id, (ushort)id);
    }

    // Address and length are the first twelve bytes of both kinds.
    private static void WriteBuffer(uint* descriptor, ulong address, uint bytes)
    {
        RingMemory.Store(descriptor, (uint)address);
        RingMemory.Store(descriptor + 1, (uint)(address >> 32));
        RingMemory.Store(descriptor + 2, bytes);
    }
}
