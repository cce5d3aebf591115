using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// The checks of <see cref="BusChecks.Full"/>, made by a receiver on its own queues: nobody but itself may have written
/// the descriptors, the available entries and the canaries behind the buffers.
/// </summary>
internal sealed unsafe class LinkGuard
{
    /// <summary>Length of a canary: a line, which an array that is too long by one element does not jump over.</summary>
    public const uint CanaryBytes = 64;

    private const uint Canary = 0xC0DE_CA9A;

    private readonly LinkTable _links;

    public LinkGuard(in LinkTable links)
    {
        _links = links;
    }

    /// <summary>Writes the canaries of a queue that is not in use yet.</summary>
    public void Prepare(Link* link)
    {
        byte* buffer = _links.Buffers(link);
        for (int slot = 0; slot < _links.QueueSize; slot++)
        {
            byte* canary = buffer + _links.BufferBytes;
            for (uint at = 0; at < CanaryBytes; at += sizeof(uint))
            {
                *(uint*)(canary + at) = Canary;
            }

            buffer += _links.StrideBytes;
        }
    }

    /// <summary>Checks what belongs to a message that came.</summary>
    /// <param name="link">The link it came over.</param>
    /// <param name="buffer">The buffer that it is in.</param>
    /// <returns><see cref="QueueCondition.Working"/>, or what is wrong.</returns>
    public QueueCondition Check(Link* link, byte* buffer)
    {
        byte* canary = buffer + _links.BufferBytes;
        for (uint at = 0; at < CanaryBytes; at += sizeof(uint))
        {
            if (RingMemory.Load((uint*)(canary + at)) != Canary)
            {
                return QueueCondition.BufferOverrun;
            }
        }

        uint slot = (uint)((nuint)buffer - (nuint)_links.Buffers(link)) / _links.StrideBytes;
        VirtqueueMemory queue = _links.Queue(link);
        Descriptor descriptor = queue.Descriptors[slot];
        if (descriptor.Address != (nuint)buffer
            || descriptor.Length != _links.BufferBytes
            || descriptor.Flags != DescriptorFlags.Write)
        {
            return QueueCondition.BadDescriptor;
        }

        return queue.AvailEntries[slot] == slot ? QueueCondition.Working : QueueCondition.UnexpectedAvailEntry;
    }
}
