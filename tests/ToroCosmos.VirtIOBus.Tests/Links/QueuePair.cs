using System;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>
/// A queue with its memory and both sides. Tests that play a hostile side write into <see cref="Queue"/> themselves.
/// </summary>
internal sealed unsafe class QueuePair : IDisposable
{
    public const uint Stride = 64;

    private readonly AlignedMemory _rings;
    private readonly AlignedMemory _sides = new(2 * VirtqueueMemory.LineBytes, fill: 0);

    public QueuePair(int size, uint bufferBytes = 48, bool attach = true, uint strideBytes = Stride)
    {
        _rings = new AlignedMemory((nuint)VirtqueueMemory.RequiredBytes(size));
        BufferMemory = new AlignedMemory((nuint)size * strideBytes);
        BufferBytes = bufferBytes;
        Queue = new VirtqueueMemory(_rings.Start, size);
        Driver->Initialize(Queue, BufferMemory.Start, bufferBytes, strideBytes);
        if (attach)
        {
            Attach();
        }
    }

    public VirtqueueMemory Queue { get; }

    public AlignedMemory BufferMemory { get; }

    public uint BufferBytes { get; }

    public InOrderDriver* Driver => (InOrderDriver*)_sides.Start;

    public InOrderDevice* Device => (InOrderDevice*)(_sides.Start + VirtqueueMemory.LineBytes);

    public QueueCondition Attach() =>
        Device->Initialize(Queue, BufferMemory.Start, BufferMemory.Bytes, BufferBytes);

    public bool Send(ReadOnlySpan<byte> message)
    {
        if (!Device->TryReserve(out byte* buffer))
        {
            return false;
        }

        message.CopyTo(new Span<byte>(buffer, (int)BufferBytes));
        Device->Commit((uint)message.Length);
        return true;
    }

    public byte[]? Receive()
    {
        if (!Driver->TryPeek(out byte* data, out uint bytes))
        {
            return null;
        }

        byte[] message = new Span<byte>(data, (int)bytes).ToArray();
        Driver->Release();
        return message;
    }

    public void Dispose()
    {
        _rings.Dispose();
        _sides.Dispose();
        BufferMemory.Dispose();
    }
}
