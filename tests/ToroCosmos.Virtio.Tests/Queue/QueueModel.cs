using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>What a queue and an honest device are to do, as plain lists of chains.</summary>
internal sealed class QueueModel(int size, VirtioFeatures features, int indirectBuffers)
{
    private const uint BufferBytes = 16;

    private readonly List<Chain> _added = [];
    private readonly Queue<Chain> _available = [];
    private readonly List<Chain> _held = [];
    private readonly Queue<(Chain Chain, uint Written)> _put = [];
    private readonly Queue<(Chain Chain, uint Written)> _used = [];
    private readonly Random _random = new(1);
    private int _occupied;
    private int _shape;

    // How far each part is: in chains, or in descriptors where the ring is packed.
    private long _published;
    private long _deviceTaken;
    private long _shown;
    private long _driverTaken;

    // What each side wants to be told of: nothing, everything, or one place.
    private long _driverWish = HasSplitEvent(features) ? -1 : Nothing;
    private long _deviceWish = HasSplitEvent(features) ? 0 : Everything;

    private const long Nothing = long.MaxValue;
    private const long Everything = long.MaxValue - 1;

    public int Size => size;

    public nuint NextToken { get; private set; }

    public int Taken { get; private set; }

    public bool IsInOrder => (features & VirtioFeatures.InOrder) != 0;

    public bool HasNews => _used.Count > 0;

    public int Outstanding { get; private set; }

    public int FreeDescriptors => size - _occupied;

    private bool IsPacked => (features & VirtioFeatures.RingPacked) != 0;

    private bool HasEventIndex => (features & VirtioFeatures.EventIndex) != 0;

    public int NextShape() => _shape++ & 0x7FFF;

    public QueueStatus Add(int readable, int writable)
    {
        int buffers = readable + writable;
        if (buffers > size)
        {
            return QueueStatus.TooManyBuffers;
        }

        bool hasTable = (features & VirtioFeatures.IndirectDescriptors) != 0 && buffers > 1 && buffers <= Math.Min(indirectBuffers, size);
        int descriptors = hasTable ? 1 : buffers;
        if (descriptors > FreeDescriptors)
        {
            return QueueStatus.Full;
        }

        _added.Add(new Chain(NextToken++, readable, writable, descriptors));
        Outstanding++;
        _occupied += descriptors;
        return QueueStatus.Ok;
    }

    public bool Publish(bool mustNotify)
    {
        long before = _published;
        _published += _added.Sum(Places);
        _added.ForEach(_available.Enqueue);
        _added.Clear();
        return mustNotify == IsTold(_deviceWish, before, _published);
    }

    public bool DeviceTakes(FakeRequest? request)
    {
        if (request is null)
        {
            return _available.Count == 0;
        }

        Chain chain = _available.Dequeue();
        _held.Add(chain);
        _deviceTaken += Places(chain);
        return request.Readable.Count == chain.Readable && request.Writable.Count == chain.Writable && request.Descriptors == chain.Descriptors;
    }

    public int ChooseHeld() => IsInOrder ? 0 : ChooseHeldAny();

    public int ChooseHeldAny() => _random.Next(_held.Count);

    public uint Use(int which)
    {
        Chain chain = _held[which];
        _held.RemoveAt(which);
        uint written = (uint)_random.Next((int)chain.WritableBytes + 1);
        _put.Enqueue((chain, written));
        return written;
    }

    public uint UseBatch(int count)
    {
        for (int i = 0; i < count - 1; i++)
        {
            _put.Enqueue((_held[0], _held[0].WritableBytes));
            _held.RemoveAt(0);
        }

        return Use(0);
    }

    public bool Show(bool isInterrupted)
    {
        long before = _shown;
        while (_put.TryDequeue(out (Chain Chain, uint) put))
        {
            _shown += Places(put.Chain);
            _used.Enqueue(put);
        }

        return isInterrupted == IsTold(_driverWish, before, _shown);
    }

    public (QueueStatus Status, nuint Token, uint Bytes) DriverTakes()
    {
        if (!_used.TryDequeue(out (Chain Chain, uint Written) used))
        {
            return (QueueStatus.Empty, 0, 0);
        }

        Taken++;
        Outstanding--;
        _occupied -= used.Chain.Descriptors;
        _driverTaken += Places(used.Chain);
        return (QueueStatus.Ok, used.Chain.Token, used.Written);
    }

    public bool EnableInterrupts()
    {
        _driverWish = HasEventIndex ? _driverTaken : Everything;
        return !HasNews;
    }

    public void SuppressInterrupts() => _driverWish = HasSplitEvent(features) ? _driverTaken - 1 : Nothing;

    public void RequestNotification() => _deviceWish = HasEventIndex ? _deviceTaken : Everything;

    public void SuppressNotifications() => _deviceWish = HasSplitEvent(features) ? _deviceTaken - 1 : Nothing;

    private static bool HasSplitEvent(VirtioFeatures features) =>
        (features & (VirtioFeatures.EventIndex | VirtioFeatures.RingPacked)) == VirtioFeatures.EventIndex;

    private long Places(Chain chain) => IsPacked ? chain.Descriptors : 1;

    /// <summary>Whether a side is told of what moved: a place comes again when the index or the wrap counter does.</summary>
    private bool IsTold(long wish, long before, long now)
    {
        long period = IsPacked ? 2 * size : 65_536;
        return now != before && wish switch
        {
            Nothing => false,
            Everything => true,
            _ => (((wish - before) % period) + period) % period < now - before,
        };
    }

    private sealed record Chain(nuint Token, int Readable, int Writable, int Descriptors)
    {
        public uint WritableBytes => (uint)Writable * BufferBytes;
    }
}
