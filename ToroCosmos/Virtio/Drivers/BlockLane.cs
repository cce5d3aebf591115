using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A core's way to a disk. A call with a span copies, and waits for its end. <see cref="TryBegin"/> takes memory that the
/// device reaches itself, and several requests at a time; <see cref="TryEnd"/> tells of those that have ended, in whatever
/// order. For the core of the queue alone; nothing allocates or throws.
/// <para>
/// A call whose time ran out leaves its request on its way: what it was to write may be written yet, and its place is taken
/// until the device answers.
/// </para>
/// </summary>
public sealed unsafe class BlockLane
{
    /// <summary>How many requests can be on their way at a time.</summary>
    public const int Depth = 32;

    /// <summary>How many of them can be calls with a span.</summary>
    private const int Buffers = 4;

    /// <summary>How many bytes a call with a span moves at a time.</summary>
    private const uint BufferBytes = 64 * 1024;

    /// <summary>How many bytes the name of a device has at most.</summary>
    public const int IdentityBytes = 20;

    private const int MaximumDataBuffers = 126;
    private const uint UnmapFlag = 1;

    private const byte AnswerOk = 0;
    private const byte AnswerIoError = 1;
    private const byte AnswerUnsupported = 2;
    private const byte NoAnswer = 0xFF;

    private readonly BlockDevice _device;
    private readonly DeviceVirtqueue _queue;
    private readonly BlockGeometry _geometry;
    private readonly BlockSlot[] _slots = new BlockSlot[Depth];
    private readonly BufferChain _chain = new(MaximumDataBuffers + 2);
    private readonly TickScale _ticks = TickScale.OfClock;
    private readonly uint _chunkBytes;
    private DmaMemory _headers;
    private DmaMemory _data;

    private BlockLane(BlockDevice device, DeviceVirtqueue queue, DmaMemory headers, DmaMemory data)
    {
        _device = device;
        _queue = queue;
        _geometry = device.Geometry;
        _headers = headers;
        _data = data;
        uint slotBytes = headers.Bytes >> 5;
        for (int i = 0; i < Depth; i++)
        {
            _slots[i] = new BlockSlot
            {
                Memory = headers.Part((uint)i * slotBytes, slotBytes),
                Buffer = i < Buffers ? data.Part((uint)i * BufferBytes, BufferBytes) : default,
            };
        }

        uint longest = device.Geometry.LongestBuffer;
        _chunkBytes = longest < BufferBytes ? longest : BufferBytes;
    }

    /// <summary>The core whose queue it is.</summary>
    public int Core => _queue.Core;

    /// <summary>Has news when a request has ended that was begun, or the device works no more; see <see cref="TryEnd"/>.</summary>
    public WaitSource Ended => _queue;

    /// <summary>How many requests are on their way.</summary>
    public int Outstanding => _queue.Ring.Outstanding;

    /// <summary>Reads, as long as it takes.</summary>
    /// <param name="sector">The first sector, of 512 bytes.</param>
    /// <param name="data">Where to: whole blocks of the device.</param>
    /// <returns>
    /// Ok; OutOfRange or InvalidLength; IoError or Unsupported as the device says; Full when all places are taken by requests
    /// that others began or gave up; Broken, NeedsReset, Gone or Closed. Unless it is Ok, some may have been read.
    /// </returns>
    [AnyCore]
    public VirtioStatus Read(ulong sector, Span<byte> data) => Read(sector, data, TimeLimit.None);

    /// <summary>Reads, up to a time limit.</summary>
    /// <param name="sector">As in the blocking form.</param>
    /// <param name="data">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Read(ulong sector, Span<byte> data, ulong timeoutNs)
    {
        VirtioStatus status = CheckRange(sector, (uint)data.Length);
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (status == VirtioStatus.Ok && data.Length > 0)
        {
            int bytes = data.Length < (int)_chunkBytes ? data.Length : (int)_chunkBytes;
            status = Take(out BlockSlot? slot);
            if (status == VirtioStatus.Ok)
            {
                status = Do(slot!, BlockOperation.Read, sector, slot!.Buffer.Part(0, (uint)bytes), deadline);
            }

            if (status == VirtioStatus.Ok)
            {
                slot!.Buffer.Span.Slice(0, bytes).CopyTo(data);
                data = data.Slice(bytes);
                sector += (uint)bytes >> 9;
            }
        }

        return status;
    }

    /// <summary>Writes, as long as it takes. What was written lasts after <see cref="Flush()"/>.</summary>
    /// <param name="sector">The first sector, of 512 bytes.</param>
    /// <param name="data">Whole blocks of the device.</param>
    /// <returns>As <see cref="Read(ulong, Span{byte})"/>, or ReadOnly. Unless it is Ok, some may have been written.</returns>
    [AnyCore]
    public VirtioStatus Write(ulong sector, ReadOnlySpan<byte> data) => Write(sector, data, TimeLimit.None);

    /// <summary>Writes, up to a time limit.</summary>
    /// <param name="sector">As in the blocking form.</param>
    /// <param name="data">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Write(ulong sector, ReadOnlySpan<byte> data, ulong timeoutNs)
    {
        VirtioStatus status = CheckWrite(sector, (uint)data.Length);
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (status == VirtioStatus.Ok && data.Length > 0)
        {
            int bytes = data.Length < (int)_chunkBytes ? data.Length : (int)_chunkBytes;
            status = Take(out BlockSlot? slot);
            if (status == VirtioStatus.Ok)
            {
                data.Slice(0, bytes).CopyTo(slot!.Buffer.Span);
                status = Do(slot, BlockOperation.Write, sector, slot.Buffer.Part(0, (uint)bytes), deadline);
                data = data.Slice(bytes);
                sector += (uint)bytes >> 9;
            }
        }

        return status;
    }

    /// <summary>Makes last what was written before, as long as it takes. A device that keeps nothing back is done at once.</summary>
    /// <returns>As <see cref="Read(ulong, Span{byte})"/>.</returns>
    [AnyCore]
    public VirtioStatus Flush() => Flush(TimeLimit.None);

    /// <summary>Makes last what was written before, up to a time limit.</summary>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Flush(ulong timeoutNs)
    {
        if (!_device.Device.Has(BlockGeometry.Flush))
        {
            return _device.Device.State;
        }

        VirtioStatus status = Take(out BlockSlot? slot);
        return status == VirtioStatus.Ok
            ? Do(slot!, BlockOperation.Flush, 0, default, _ticks.DeadlineAfter(timeoutNs))
            : status;
    }

    /// <summary>Tells the device that the contents of sectors are needed no more; reading them gives anything.</summary>
    /// <param name="sector">The first sector.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As <see cref="Write(ulong, ReadOnlySpan{byte}, ulong)"/>, or Unsupported.</returns>
    [AnyCore]
    public VirtioStatus Discard(ulong sector, ulong count, ulong timeoutNs = TimeLimit.None) =>
        DoRanges(BlockOperation.Discard, sector, count, _geometry.MaximumDiscard, 0, timeoutNs);

    /// <summary>Makes sectors zeros.</summary>
    /// <param name="sector">The first sector.</param>
    /// <param name="count">How many.</param>
    /// <param name="mayDiscard">Whether the device may give their room to others meanwhile.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As <see cref="Write(ulong, ReadOnlySpan{byte}, ulong)"/>, or Unsupported.</returns>
    [AnyCore]
    public VirtioStatus WriteZeroes(ulong sector, ulong count, bool mayDiscard, ulong timeoutNs = TimeLimit.None) =>
        DoRanges(
            BlockOperation.WriteZeroes, sector, count, _geometry.MaximumWriteZeroes, mayDiscard ? UnmapFlag : 0, timeoutNs);

    /// <summary>Reads the device's name.</summary>
    /// <param name="name">Where to; <see cref="IdentityBytes"/> are enough.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As <see cref="Read(ulong, Span{byte}, ulong)"/>; Unsupported where it has none.</returns>
    [AnyCore]
    public VirtioStatus Identify(Span<byte> name, out int length, ulong timeoutNs = TimeLimit.None)
    {
        length = 0;
        VirtioStatus status = Take(out BlockSlot? slot);
        if (status == VirtioStatus.Ok)
        {
            status = Do(
                slot!, BlockOperation.Identify, 0, slot!.Buffer.Part(0, IdentityBytes), _ticks.DeadlineAfter(timeoutNs));
        }

        if (status == VirtioStatus.Ok)
        {
            ReadOnlySpan<byte> answer = slot!.Buffer.Span;
            while (length < IdentityBytes && length < name.Length && answer[length] != 0)
            {
                name[length] = answer[length];
                length++;
            }
        }

        return status;
    }

    /// <summary>Begins a request, which is on its way when the call returns.</summary>
    /// <param name="operation">Read, Write or Flush.</param>
    /// <param name="sector">The first sector; of a flush 0.</param>
    /// <param name="data">
    /// Whole blocks, of which the device reads or writes until the request's end; of a flush none.
    /// </param>
    /// <param name="tag">The user's name for the request.</param>
    /// <returns>Ok, Full, OutOfRange, InvalidLength, ReadOnly, Unsupported, Broken, or why the device works no more.</returns>
    [AnyCore]
    public VirtioStatus TryBegin(BlockOperation operation, ulong sector, DmaMemory data, nuint tag)
    {
        VirtioStatus status = operation switch
        {
            BlockOperation.Read => CheckRange(sector, data.Bytes),
            BlockOperation.Write => CheckWrite(sector, data.Bytes),
            BlockOperation.Flush when data.IsEmpty =>
                _device.Device.Has(BlockGeometry.Flush) ? VirtioStatus.Ok : VirtioStatus.Unsupported,
            BlockOperation.Flush => VirtioStatus.InvalidLength,
            _ => VirtioStatus.Unsupported,
        };
        if (status == VirtioStatus.Ok && data.IsEmpty && operation != BlockOperation.Flush)
        {
            status = VirtioStatus.InvalidLength;
        }

        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        // From the end: the first ones are for calls with a span.
        for (int i = Depth - 1; i >= 0; i--)
        {
            if (_slots[i].State == BlockSlotState.Free)
            {
                _slots[i].Tag = tag;
                return Post(_slots[i], i, operation, sector, data, BlockSlotState.Begun);
            }
        }

        return VirtioStatus.Full;
    }

    /// <summary>Takes a request that has ended.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="result">Ok, IoError or Unsupported.</param>
    /// <returns>Ok, Empty, Broken, or why the device works no more: then all that were begun are lost.</returns>
    [AnyCore]
    public VirtioStatus TryEnd(out nuint tag, out VirtioStatus result)
    {
        tag = 0;
        result = VirtioStatus.Ok;
        VirtioStatus status = Collect();
        for (int i = 0; i < Depth; i++)
        {
            BlockSlot slot = _slots[i];
            if (slot.State == BlockSlotState.EndedForUser)
            {
                tag = slot.Tag;
                result = slot.Result;
                slot.State = BlockSlotState.Free;
                return VirtioStatus.Ok;
            }
        }

        return status;
    }

    /// <summary>Waits until a request has ended, up to a time limit.</summary>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="result">Ok, IoError or Unsupported.</param>
    /// <returns>As <see cref="TryEnd"/>, with TimedOut for Empty; Empty when none is on its way.</returns>
    [AnyCore]
    public VirtioStatus End(ulong timeoutNs, out nuint tag, out VirtioStatus result)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (true)
        {
            VirtioStatus status = TryEnd(out tag, out result);
            if (status != VirtioStatus.Empty || Outstanding == 0)
            {
                return status;
            }

            status = _queue.Await(deadline);
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    internal static VirtioStatus Open(BlockDevice device, int index, out BlockLane? queue)
    {
        queue = null;
        VirtioStatus status = device.Device.AddQueue(index, index, MaximumDataBuffers + 2, out DeviceVirtqueue? ring, 4 * Depth);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        DmaPool pool = device.Device.Host.Memory;
        uint slotBytes = DmaPool.SmallestBytes;
        if (!pool.TryAllocate(Depth * slotBytes, out DmaMemory headers))
        {
            return VirtioStatus.NoMemory;
        }

        if (!pool.TryAllocate(Buffers * BufferBytes, out DmaMemory data))
        {
            _ = pool.TryFree(headers);
            return VirtioStatus.NoMemory;
        }

        queue = new BlockLane(device, ring!, headers, data);
        return VirtioStatus.Ok;
    }

    internal void Free()
    {
        DmaPool pool = _device.Device.Host.Memory;
        _ = pool.TryFree(_headers);
        _ = pool.TryFree(_data);
        _headers = default;
        _data = default;
    }

    private VirtioStatus CheckRange(ulong sector, uint bytes)
    {
        uint mask = _geometry.BlockBytes - 1;
        if ((bytes & mask) != 0 || ((uint)(sector << 9) & mask) != 0)
        {
            return VirtioStatus.InvalidLength;
        }

        return CheckSectors(sector, bytes >> 9);
    }

    private VirtioStatus CheckSectors(ulong sector, ulong count) =>
        sector > _geometry.Sectors || count > _geometry.Sectors - sector ? VirtioStatus.OutOfRange : _device.Device.State;

    private VirtioStatus CheckWrite(ulong sector, uint bytes) =>
        _device.IsReadOnly ? VirtioStatus.ReadOnly : CheckRange(sector, bytes);

    private VirtioStatus DoRanges(
        BlockOperation operation, ulong sector, ulong count, uint most, uint flags, ulong timeoutNs)
    {
        VirtioStatus status = most == 0 ? VirtioStatus.Unsupported
            : _device.IsReadOnly ? VirtioStatus.ReadOnly
            : CheckSectors(sector, count);
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (status == VirtioStatus.Ok && count > 0)
        {
            uint part = count < most ? (uint)count : most;
            status = Take(out BlockSlot? slot);
            if (status != VirtioStatus.Ok)
            {
                break;
            }

            DmaMemory range = slot!.Memory.Part(BlockSlot.RangeOffset, 16);
            *(ulong*)range.Start = sector;
            *(uint*)(range.Start + 8) = part;
            *(uint*)(range.Start + 12) = flags;
            status = Do(slot, operation, 0, range, deadline);
            sector += part;
            count -= part;
        }

        return status;
    }

    /// <summary>Finds a place with a buffer for a call that waits for its end.</summary>
    private VirtioStatus Take(out BlockSlot? free)
    {
        VirtioStatus status = Collect();
        free = null;
        if (status != VirtioStatus.Ok && status != VirtioStatus.Empty)
        {
            return status;
        }

        for (int i = 0; i < Buffers; i++)
        {
            if (_slots[i].State == BlockSlotState.Free)
            {
                free = _slots[i];
                return VirtioStatus.Ok;
            }
        }

        return VirtioStatus.Full;
    }

    /// <summary>Sends a request and waits for its end.</summary>
    private VirtioStatus Do(BlockSlot slot, BlockOperation operation, ulong sector, DmaMemory data, ulong deadline)
    {
        int index = 0;
        while (!ReferenceEquals(_slots[index], slot))
        {
            index++;
        }

        VirtioStatus status = Post(slot, index, operation, sector, data, BlockSlotState.Awaited);
        while (status == VirtioStatus.Ok && slot.State != BlockSlotState.Ended)
        {
            status = _queue.Await(deadline);
            if (status == VirtioStatus.Ok)
            {
                status = Collect();
                status = status == VirtioStatus.Empty ? VirtioStatus.Ok : status;
            }
        }

        if (status != VirtioStatus.Ok)
        {
            slot.State = slot.State == BlockSlotState.Awaited ? BlockSlotState.Abandoned : slot.State;
            return status;
        }

        slot.State = BlockSlotState.Free;
        return slot.Result;
    }

    private VirtioStatus Post(
        BlockSlot slot, int index, BlockOperation operation, ulong sector, DmaMemory data, BlockSlotState state)
    {
        // VirtIO 1.2, Block Device: Device Operation: struct virtio_blk_req.
        byte* header = slot.Memory.Start;
        *(uint*)header = (uint)operation;
        *(uint*)(header + 4) = 0;
        *(ulong*)(header + 8) = sector;
        header[BlockSlot.StatusOffset] = NoAnswer;
        bool isRead = operation is BlockOperation.Read or BlockOperation.Identify;
        _chain.Clear();
        _chain.AddReadable(slot.Memory.Part(0, BlockSlot.RangeOffset));
        uint buffers = 0;
        for (uint done = 0; done < data.Bytes; buffers++)
        {
            DmaMemory part = data.Part(done, _geometry.LongestBuffer);
            if (isRead)
            {
                _chain.AddWritable(part);
            }
            else
            {
                _chain.AddReadable(part);
            }

            done += part.Bytes;
        }

        if (buffers > _geometry.MaximumBuffers || buffers > MaximumDataBuffers)
        {
            return VirtioStatus.InvalidLength;
        }

        _chain.AddWritable(slot.Memory.Part(BlockSlot.StatusOffset, 1));
        VirtioStatus status = _queue.TryAdd(_chain, (nuint)index);
        if (status == VirtioStatus.Ok)
        {
            // Of a name the device may give less.
            slot.Expected = operation == BlockOperation.Read ? data.Bytes + 1 : 1;
            slot.State = state;
            _queue.Publish();
        }

        return status;
    }

    /// <summary>Takes all that has ended.</summary>
    /// <returns>Empty, Broken, or why the device works no more.</returns>
    private VirtioStatus Collect()
    {
        while (true)
        {
            VirtioStatus status = _queue.TryTake(out nuint token, out uint bytes);
            if (status != VirtioStatus.Ok)
            {
                return status;
            }

            BlockSlot slot = _slots[(int)token];
            byte answer = slot.Memory.Start[BlockSlot.StatusOffset];
            bool isKnown = bytes > 0 && answer <= AnswerUnsupported && (answer != AnswerOk || bytes >= slot.Expected);
            if (!isKnown)
            {
                _queue.Ring.Break();
                return VirtioStatus.Broken;
            }

            slot.Result = answer switch
            {
                AnswerIoError => VirtioStatus.IoError,
                AnswerUnsupported => VirtioStatus.Unsupported,
                _ => VirtioStatus.Ok,
            };
            slot.State = slot.State switch
            {
                BlockSlotState.Awaited => BlockSlotState.Ended,
                BlockSlotState.Begun => BlockSlotState.EndedForUser,
                _ => BlockSlotState.Free,
            };
        }
    }
}
