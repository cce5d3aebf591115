using System;
using ToroCosmos.Benchmarking;
using ToroCosmos.Memory;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>One virtqueue by itself: what the bus is built of, without the bus.</summary>
internal readonly unsafe struct QueuePipe : IPipe
{
    private readonly InOrderDevice* _sender;
    private readonly InOrderDriver* _receiver;

    public QueuePipe(int queueSize, int bytes)
    {
        _sender = (InOrderDevice*)NativeBlock.Allocate((nuint)sizeof(InOrderDevice));
        _receiver = (InOrderDriver*)NativeBlock.Allocate((nuint)sizeof(InOrderDriver));
        var memory = new VirtqueueMemory(NativeBlock.Allocate((nuint)VirtqueueMemory.RequiredBytes(queueSize)), queueSize);
        nuint bufferBytes = (nuint)queueSize * (uint)bytes;
        byte* buffers = NativeBlock.Allocate(bufferBytes);
        _receiver->Initialize(memory, buffers, (uint)bytes, (uint)bytes);
        QueueCondition condition = _sender->Initialize(memory, buffers, bufferBytes, (uint)bytes);
        if (condition != QueueCondition.Working)
        {
            throw new InvalidOperationException($"The queue does not work: {condition.Name()}.");
        }
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        byte* room;
        while (!_sender->TryReserve(out room))
        {
        }

        fixed (byte* source = message)
        {
            MemoryCopy.Copy(room, source, (uint)message.Length);
        }

        // Both sides poll, as those of the other rings here do: no fence, no look whether to wake anybody.
        _sender->Fill((uint)message.Length);
        _sender->PublishIndex();
        _sender->PrefetchNext((uint)message.Length);
    }

    public void Receive(Span<byte> buffer)
    {
        byte* data;
        uint bytes;
        while (!_receiver->TryPeek(out data, out bytes))
        {
        }

        fixed (byte* destination = buffer)
        {
            MemoryCopy.Copy(destination, data, bytes);
        }

        _ = _receiver->Release();
    }
}
