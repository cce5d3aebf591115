using System;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>A driver's queue, and the device that is played on its other side.</summary>
internal sealed class PlayedQueue : IDisposable
{
    private readonly FakeMemory _memory;
    private readonly BufferChain _chain = new(capacity: 64);

    public PlayedQueue(int size, VirtioFeatures features, int indirectBuffers = 0, uint memoryBytes = 4 << 20)
    {
        _memory = new FakeMemory(memoryBytes);
        Features = features;
        DmaMemory memory = _memory.Take(Virtqueue.RequiredBytes(size, features, indirectBuffers));
        Assert.Equal(QueueStatus.Ok, Virtqueue.TryCreate(memory, size, features, out Virtqueue? queue, indirectBuffers));
        Driver = queue!;
        Device = FakeQueue.Of(_memory, Driver, features);
    }

    public VirtioFeatures Features { get; }

    public bool IsPacked => (Features & VirtioFeatures.RingPacked) != 0;

    public Virtqueue Driver { get; }

    public FakeQueue Device { get; private set; }

    public DmaMemory Buffer(uint bytes) => _memory.Take(bytes);

    /// <summary>The device after a reset, which knows nothing of before.</summary>
    public void RestartDevice() => Device = FakeQueue.Of(_memory, Driver, Features);

    /// <summary>Adds a chain of as many buffers to read and to write, of 16 bytes each, and shows it.</summary>
    public QueueStatus Add(nuint token, int readable = 0, int writable = 1)
    {
        QueueStatus status = AddOnly(token, readable, writable);
        Driver.Publish();
        return status;
    }

    public QueueStatus AddOnly(nuint token, int readable = 0, int writable = 1)
    {
        _chain.Clear();
        for (int i = 0; i < readable; i++)
        {
            _chain.AddReadable(Shared);
        }

        for (int i = 0; i < writable; i++)
        {
            _chain.AddWritable(Shared);
        }

        return Driver.TryAdd(_chain, token);
    }

    /// <summary>The next chain, which must be there, as the device takes it.</summary>
    public FakeRequest TakeAvailable()
    {
        FakeRequest? request = Device.Take();
        Assert.NotNull(request);
        return request;
    }

    public (QueueStatus Status, nuint Token, uint Bytes) Take()
    {
        QueueStatus status = Driver.TryTake(out nuint token, out uint bytes);
        return (status, token, bytes);
    }

    public void ExpectTaken(nuint token, uint bytes) => Assert.Equal((QueueStatus.Ok, token, bytes), Take());

    public void ExpectNone() => Assert.Equal((QueueStatus.Empty, (nuint)0, 0u), Take());

    /// <summary>The queue is broken for this reason, and stays so whatever is asked of it.</summary>
    public void ExpectBroken(QueueFault fault)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((QueueStatus.Broken, (nuint)0, 0u), Take());
        }

        Assert.Equal((true, fault), (Driver.IsBroken, Driver.Fault));
        Assert.Equal(QueueStatus.Broken, AddOnly(99));
        Assert.False(Driver.Publish());
        Assert.True(Driver.HasNews());
        Assert.False(Driver.TryEnableInterrupts());
        Driver.SuppressInterrupts();
        Driver.Break();
        Assert.Equal(fault, Driver.Fault);
    }

    public void Dispose() => _memory.Dispose();

    private DmaMemory Shared => _shared.IsEmpty ? _shared = Buffer(16) : _shared;

    private DmaMemory _shared;
}
