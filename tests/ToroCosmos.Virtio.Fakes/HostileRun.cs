using System;
using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// A driver that goes on working with a device which, after an honest beginning, writes anything anywhere into the queue's
/// memory, as a source of numbers says. Whatever that is, the driver must be given tokens only of its own that are out, each once, lengths that
/// fit, and one answer for ever once the queue is broken; and no byte outside the queue may change.
/// </summary>
/// <param name="features">The kind of queue.</param>
/// <param name="next">A number from 0 to below its argument.</param>
public sealed class HostileRun(VirtioFeatures features, Func<int, int> next)
{
    private const int Size = 4;
    private const int IndirectBuffers = 3;
    private const uint BufferBytes = 16;

    private readonly Dictionary<nuint, uint> _out = [];
    private nuint _tokens;
    private DmaMemory _buffer;

    /// <summary>How many chains the driver took back.</summary>
    public int Taken { get; private set; }

    /// <summary>How the queue broke.</summary>
    public QueueFault Fault { get; private set; }

    /// <summary>Plays an input: the first byte is the kind of queue, the others are the numbers.</summary>
    /// <exception cref="InvalidOperationException">The queue did what it must not.</exception>
    public static HostileRun Of(byte[] input)
    {
        int at = 1;
        HostileRun run = new(input.Length == 0 ? VirtioFeatures.None : KindOf(input[0]), Next);
        run.Play(int.MaxValue, () => at < input.Length);
        return run;

        int Next(int below)
        {
            int number = Byte();
            return (below > 256 ? number | (Byte() << 8) : number) % below;
        }

        int Byte() => at < input.Length ? input[at++] : 0;
    }

    /// <summary>Plays so many commands.</summary>
    /// <exception cref="InvalidOperationException">The queue did what it must not.</exception>
    public void Play(int commands) => Play(commands, () => true);

    private static VirtioFeatures KindOf(int number) =>
        VirtioFeatures.Version1
        | ((number & 1) != 0 ? VirtioFeatures.RingPacked : VirtioFeatures.None)
        | ((number & 2) != 0 ? VirtioFeatures.EventIndex : VirtioFeatures.None)
        | ((number & 4) != 0 ? VirtioFeatures.InOrder : VirtioFeatures.None)
        | ((number & 8) != 0 ? VirtioFeatures.IndirectDescriptors : VirtioFeatures.None);

    private void Play(int commands, Func<bool> hasMore)
    {
        using FakeMemory memory = new(8192);
        DmaMemory before = memory.Take(256);
        DmaMemory ring = memory.Take(Virtqueue.RequiredBytes(Size, features, IndirectBuffers));
        DmaMemory behind = memory.Take(256);
        _buffer = memory.Take(BufferBytes);
        if (Virtqueue.TryCreate(ring, Size, features, out Virtqueue? queue, IndirectBuffers) != QueueStatus.Ok)
        {
            throw new InvalidOperationException("There is no queue.");
        }

        byte[] guard = [.. before.Span, .. behind.Span];
        FakeQueue device = FakeQueue.Of(memory, queue!, features);
        BufferChain chain = new(Size + 1);
        for (int i = 0; i < commands && hasMore(); i++)
        {
            Do(queue!, device, chain, ring);
        }

        Fault = queue!.Fault;
        Require(new ReadOnlySpan<byte>([.. before.Span, .. behind.Span]).SequenceEqual(guard), "a byte outside the queue changed");
        while (queue.TryDetach(out nuint token) == QueueStatus.Ok)
        {
            Require(_out.Remove(token), "a chain is detached that is not out");
        }

        Require(_out.Count == 0, "a chain is lost");
    }

    private void Do(Virtqueue queue, FakeQueue device, BufferChain chain, DmaMemory ring)
    {
        switch (next(12))
        {
            case 0 or 1:
                Add(queue, chain);
                break;
            case 2:
                queue.Publish();
                break;
            case 3 or 4:
                Take(queue);
                break;
            case 5:
                queue.TryEnableInterrupts();
                break;
            case 6:
                queue.SuppressInterrupts();
                break;
            case 7 or 8 when !device.IsHostile:
                device.Take();
                break;
            case 7 or 8 or 9 when device.Held.Count > 0:
                UseHeld(device);
                break;
            case 10 when device.IsHostile || next(3) == 0:
                // Small numbers are what ids, lengths and indices look like.
                device.IsHostile = true;
                ring.Span[next((int)ring.Bytes)] = (byte)next(next(2) == 0 ? 3 : 256);
                break;
            case 11 when device.IsHostile || next(3) == 0:
                device.UseRaw((uint)next(Size + 1), (uint)next((int)BufferBytes * (Size + 1)), next(Size + 1));
                break;
        }
    }

    private void UseHeld(FakeQueue device)
    {
        int which = (features & VirtioFeatures.InOrder) != 0 ? 0 : next(device.Held.Count);
        FakeRequest request = device.Held[which];
        device.Use(request, (uint)next((int)request.WritableBytes + 1));
    }

    private void Add(Virtqueue queue, BufferChain chain)
    {
        chain.Clear();
        int readable = next(3);
        int writable = next(Size);
        for (int i = 0; i < readable; i++)
        {
            chain.AddReadable(_buffer.Address, BufferBytes);
        }

        for (int i = 0; i < writable; i++)
        {
            chain.AddWritable(_buffer.Address, BufferBytes);
        }

        if (queue.TryAdd(chain, _tokens) == QueueStatus.Ok)
        {
            Require(!queue.IsBroken && readable + writable > 0, "a chain is added that cannot be");
            _out.Add(_tokens++, (uint)writable * BufferBytes);
        }
    }

    private void Take(Virtqueue queue)
    {
        bool wasBroken = queue.IsBroken;
        QueueStatus status = queue.TryTake(out nuint token, out uint bytes);
        Require(status == QueueStatus.Broken == queue.IsBroken && (!wasBroken || queue.IsBroken), "a broken queue answers otherwise");
        if (status == QueueStatus.Ok)
        {
            Require(_out.Remove(token, out uint room), "a token is given that is not out");
            Require(bytes <= room, "more bytes than fit");
            Taken++;
        }
        else
        {
            Require(token == 0 && bytes == 0, "a token or bytes without a chain");
        }

        Require(queue.Outstanding == _out.Count, "chains are counted wrongly");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The queue is not right: {what}.");
        }
    }
}
