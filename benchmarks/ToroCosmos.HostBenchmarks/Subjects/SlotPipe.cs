using System;
using System.Buffers.Binary;
using System.Threading;
using ToroCosmos.Benchmarking;
using ToroCosmos.Memory;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>
/// Messages over a queue of the class library. A message of a word is what is queued. Of a longer one the number of a
/// slot is queued: the sender copies into the slot and the receiver out of it, which is the copying that every subject
/// does, and nothing is allocated. The receiver tells now and then how far it is, so that no slot is written before it
/// was read and a queue without bounds does not grow.
/// </summary>
internal readonly unsafe struct SlotPipe<TQueue> : IPipe
    where TQueue : struct, ISlotQueue
{
    private const int SentAt = 0;
    private const int DoneSeenAt = 1;
    private const int ReceivedAt = FlagPair.LineBytes / sizeof(uint);
    private const int DoneAt = 2 * ReceivedAt;
    private const int CounterBytes = 3 * FlagPair.LineBytes;

    // More than a bounded queue holds, so that its own bound is what is met.
    private const uint SlotsPerMessage = 4;

    private readonly TQueue _queue;
    private readonly uint* _counters;
    private readonly byte* _slots;
    private readonly uint _bytes;
    private readonly uint _count;

    public SlotPipe(TQueue queue, int bytes)
    {
        _queue = queue;
        _bytes = (uint)bytes;
        _count = SlotsPerMessage * (uint)MessageSizes.QueueSize(bytes);
        _counters = (uint*)NativeBlock.Allocate(CounterBytes);
        _slots = NativeBlock.Allocate((nuint)_count * _bytes);
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        uint sent = _counters[SentAt];
        while (sent - _counters[DoneSeenAt] == _count)
        {
            _counters[DoneSeenAt] = Volatile.Read(ref _counters[DoneAt]);
        }

        ulong item = message.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(message) : Fill(sent, message);
        while (!_queue.TryEnqueue(item))
        {
        }

        _counters[SentAt] = sent + 1;
    }

    public void Receive(Span<byte> buffer)
    {
        ulong item;
        while (!_queue.TryDequeue(out item))
        {
        }

        if (buffer.Length == sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, item);
        }
        else
        {
            fixed (byte* destination = buffer)
            {
                MemoryCopy.Copy(destination, Slot((uint)item), _bytes);
            }
        }

        uint received = ++_counters[ReceivedAt];
        if (received % (_count / 4) == 0)
        {
            Volatile.Write(ref _counters[DoneAt], received);
        }
    }

    private ulong Fill(uint sent, ReadOnlySpan<byte> message)
    {
        uint number = sent & (_count - 1);
        fixed (byte* source = message)
        {
            MemoryCopy.Copy(Slot(number), source, _bytes);
        }

        return number;
    }

    private byte* Slot(uint number) => _slots + ((nuint)number * _bytes);
}
