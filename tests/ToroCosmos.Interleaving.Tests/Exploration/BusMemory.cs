using System;
using System.Collections.Generic;
using System.IO.Hashing;
using ToroCosmos.Smp;
using ToroCosmos.Tests;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// A bus of two cores and its memory. The fields that both ends of a link access are the explorer's: in the memory itself
/// they hold rubbish, so that an access which does not go through the seam fails. What is left there is private to a core.
/// </summary>
internal sealed unsafe class BusMemory : IDisposable
{
    public const int Cores = 2;

    private const byte Rubbish = 0xCC;

    private readonly AlignedMemory _memory;
    private readonly BusOptions _options;
    private readonly int _busBytes;
    private readonly byte[] _rubbish;

    public BusMemory(int queueSize, int messageBytes, WaitLengths waiting)
    {
        LentMemory lent = new(this);
        _options = new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = messageBytes,
            Waiting = waiting,
            Lendable = lent,
            Checks = BusChecks.Standard,
        };
        _busBytes = (int)MessageBus.RequiredBytes(Cores, _options);
        _memory = new AlignedMemory((nuint)_busBytes + VirtqueueMemory.LineBytes, fill: 0);
        Bus = new MessageBus(_memory.Start, (nuint)_busBytes, Cores, new ExploredSleep(), _options);
        _rubbish = new byte[_memory.Bytes];
        Array.Fill(_rubbish, Rubbish);
    }

    public MessageBus Bus { get; }

    /// <summary>Memory beside the bus that cores lend to each other; 128 bytes.</summary>
    public byte* Lent => _memory.Start + _busBytes;

    public LinkTable Links => new(_memory.Start, Cores, _options);

    private Span<byte> Bytes => new(_memory.Start, (int)_memory.Bytes);

    /// <summary>Ends the set-up: what was written so far is what all cores see.</summary>
    public byte[] TakeShared()
    {
        byte[] shared = Bytes.ToArray();
        foreach (Range range in SharedRanges())
        {
            Bytes[range].Fill(Rubbish);
        }

        return shared;
    }

    public byte[] TakeImage() => Bytes.ToArray();

    public void Restore(byte[] image) => image.CopyTo(Bytes);

    /// <exception cref="InvalidOperationException">Shared memory was written past the seam.</exception>
    public void CheckShared()
    {
        foreach (Range range in SharedRanges())
        {
            if (!Bytes[range].SequenceEqual(_rubbish.AsSpan(range)))
            {
                throw new InvalidOperationException("Memory that both cores access was written without RingMemory.");
            }
        }
    }

    public bool Contains(byte* address) => address >= _memory.Start && address < _memory.Start + _memory.Bytes;

    public int OffsetOf(byte* address) => (int)(address - _memory.Start);

    public static UInt128 HashOf(byte[] image) => XxHash128.HashToUInt128(image);

    /// <summary>What stands at a place of the memory, in words.</summary>
    public string NameOf(int offset)
    {
        byte* address = _memory.Start + offset;
        if (offset >= _busBytes)
        {
            return $"lent memory+{offset - _busBytes}";
        }

        for (int sender = 0; sender < Cores; sender++)
        {
            Link* link = Links.Find(sender, 1 - sender);
            VirtqueueMemory queue = Links.Queue(link);
            string name = $"link {sender}->{1 - sender}";
            if (address == (byte*)&link->ReceiverState || address == (byte*)&link->SenderState)
            {
                return $"{name} {(address == (byte*)&link->ReceiverState ? "receiver" : "sender")} state";
            }

            (nint Begin, string Area)[] areas =
            [
                ((nint)queue.Descriptors, "descriptors"),
                ((nint)queue.AvailFlags, "available flags"),
                ((nint)queue.AvailIndex, "available index"),
                ((nint)queue.AvailEntries, "available entries"),
                ((nint)queue.UsedFlags, "used flags"),
                ((nint)queue.UsedIndex, "used index"),
                ((nint)queue.UsedElements, "used element"),
                ((nint)Links.Buffers(link), "buffer"),
            ];
            if (address >= (byte*)queue.Descriptors && address < Links.Buffers(link) + Links.BuffersBytes)
            {
                (nint begin, string area) = Array.FindLast(areas, entry => entry.Begin <= (nint)address);
                return $"{name} {area}+{(nint)address - begin}";
            }
        }

        return $"+{offset}";
    }

    public void Dispose() => _memory.Dispose();

    private IEnumerable<Range> SharedRanges()
    {
        yield return _busBytes..(int)_memory.Bytes;
        int linkBytes = _busBytes / Cores;
        for (int link = 0; link < Cores; link++)
        {
            int begin = link * linkBytes;
            yield return begin..(begin + (2 * VirtqueueMemory.LineBytes));
            yield return (begin + Link.Bytes)..(begin + linkBytes);
        }
    }
}
