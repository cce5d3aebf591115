using System;
using System.Threading;
using ToroCosmos.Benchmarking;
using ToroCosmos.Memory;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>
/// A plain ring for one sender and one receiver, as textbooks have it: two indices, each side with a copy of the other's.
/// </summary>
internal readonly unsafe struct SpscRing : IPipe
{
    private const int SentAt = 0;
    private const int ReceivedSeenAt = 1;
    private const int ReceivedAt = FlagPair.LineBytes / sizeof(uint);
    private const int SentSeenAt = ReceivedAt + 1;
    private const int IndexBytes = 2 * FlagPair.LineBytes;
    private const int HeaderBytes = sizeof(ulong);

    private readonly uint* _indices;
    private readonly byte* _slots;
    private readonly nuint _stride;
    private readonly uint _size;

    public SpscRing(int size, int bytes)
    {
        _size = (uint)size;
        _stride = (nuint)(HeaderBytes + bytes);
        _indices = (uint*)NativeBlock.Allocate(IndexBytes);
        _slots = NativeBlock.Allocate(_size * _stride);
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        uint sent = _indices[SentAt];
        while (sent - _indices[ReceivedSeenAt] == _size)
        {
            _indices[ReceivedSeenAt] = Volatile.Read(ref _indices[ReceivedAt]);
        }

        byte* slot = Slot(sent);
        *(uint*)slot = (uint)message.Length;
        fixed (byte* source = message)
        {
            MemoryCopy.Copy(slot + HeaderBytes, source, (uint)message.Length);
        }

        Volatile.Write(ref _indices[SentAt], sent + 1);
    }

    public void Receive(Span<byte> buffer)
    {
        uint received = _indices[ReceivedAt];
        while (received == _indices[SentSeenAt])
        {
            _indices[SentSeenAt] = Volatile.Read(ref _indices[SentAt]);
        }

        byte* slot = Slot(received);
        fixed (byte* destination = buffer)
        {
            MemoryCopy.Copy(destination, slot + HeaderBytes, *(uint*)slot);
        }

        Volatile.Write(ref _indices[ReceivedAt], received + 1);
    }

    private byte* Slot(uint index) => _slots + ((index & (_size - 1)) * _stride);
}
