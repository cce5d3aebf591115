using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A stream of bytes in each direction. For the core of the device alone; nothing allocates or throws.
/// </summary>
public sealed class ConsolePort
{
    /// <summary>The longest name that is kept, in bytes.</summary>
    public const int LongestName = 64;

    private const int Buffers = 8;
    private const uint BufferBytes = 1024;

    // How long a port that waits does without a look at what the device tells of its ports.
    private const ulong ServiceNs = 10_000_000;

    private readonly ConsoleDevice _device;
    private readonly DeviceVirtqueue _receive;
    private readonly DeviceVirtqueue _send;
    private readonly BufferChain _chain = new(1);
    private readonly TickScale _ticks = TickScale.OfClock;
    private readonly byte[] _name = new byte[LongestName];
    private readonly bool[] _isSending = new bool[Buffers];
    private DmaMemory _memory;
    private int _nameLength;
    private int _current = -1;
    private int _taken;
    private int _end;

    private ConsolePort(ConsoleDevice device, int number, DeviceVirtqueue receive, DeviceVirtqueue send, DmaMemory memory)
    {
        _device = device;
        Number = number;
        _receive = receive;
        _send = send;
        _memory = memory;
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>Whether the device has such a port, as far as it has told.</summary>
    public bool Exists { get; internal set; }

    /// <summary>Whether somebody listens at the other side. What is written while nobody does is lost.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>Whether it is meant for a console, and not for a program.</summary>
    public bool IsConsole { get; internal set; }

    /// <summary>How many columns the other side has; 0 where it has not told.</summary>
    public int Columns { get; internal set; }

    /// <summary>How many rows the other side has; 0 where it has not told.</summary>
    public int Rows { get; internal set; }

    /// <summary>What the other side calls it, in ASCII; nothing where it has not told.</summary>
    public ReadOnlySpan<byte> Name => new(_name, 0, _nameLength);

    /// <summary>Has news when bytes have come, or the device works no more.</summary>
    public WaitSource BytesCame => _receive;

    /// <summary>Writes all bytes, as long as it takes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Ok, Broken, NeedsReset, Gone or Closed.</returns>
    [AnyCore]
    public VirtioStatus Write(ReadOnlySpan<byte> bytes) => Write(bytes, TimeLimit.None, out _);

    /// <summary>Writes bytes, up to a time limit.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <param name="length">How many were written.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Write(ReadOnlySpan<byte> bytes, ulong timeoutNs, out int length)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        length = 0;
        while (true)
        {
            VirtioStatus status = TryWrite(bytes.Slice(length), out int written);
            length += written;
            if (length == bytes.Length)
            {
                return status;
            }

            status = status is VirtioStatus.Ok or VirtioStatus.Full ? _send.Await(deadline) : status;
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Writes as much as there is room for.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">How many were written.</param>
    /// <returns>Ok when some were, or there are none; Full; or as the blocking form.</returns>
    [AnyCore]
    public VirtioStatus TryWrite(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        VirtioStatus status = _device.Service();
        while (status == VirtioStatus.Ok)
        {
            status = _send.TryTake(out nuint token, out _);
            if (status == VirtioStatus.Ok)
            {
                _isSending[(int)token] = false;
            }
        }

        if (status != VirtioStatus.Empty)
        {
            return status;
        }

        for (int i = 0; i < Buffers && length < bytes.Length; i++)
        {
            if (_isSending[i])
            {
                continue;
            }

            int left = bytes.Length - length;
            DmaMemory buffer = Buffer(Buffers + i).Part(0, left < (int)BufferBytes ? (uint)left : BufferBytes);
            bytes.Slice(length, (int)buffer.Bytes).CopyTo(buffer.Span);
            _chain.Clear();
            _chain.AddReadable(buffer);
            status = _send.TryAdd(_chain, (nuint)i);
            if (status != VirtioStatus.Ok)
            {
                break;
            }

            _isSending[i] = true;
            length += (int)buffer.Bytes;
        }

        _send.Publish();
        return length > 0 || bytes.Length == 0 ? VirtioStatus.Ok : status == VirtioStatus.Empty ? VirtioStatus.Full : status;
    }

    /// <summary>Reads what has come; waits for the first byte as long as it takes.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <returns>Ok, Broken, NeedsReset, Gone or Closed.</returns>
    [AnyCore]
    public VirtioStatus Read(Span<byte> bytes, out int length) => Read(bytes, TimeLimit.None, out length);

    /// <summary>Reads what has come; waits for the first byte up to a time limit.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Read(Span<byte> bytes, ulong timeoutNs, out int length)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (true)
        {
            VirtioStatus status = TryRead(bytes, out length);
            if (status != VirtioStatus.Empty)
            {
                return status;
            }

            // In slices, for what the device tells of a port comes by another queue.
            ulong slice = _ticks.DeadlineAfter(ServiceNs);
            bool isLast = deadline <= slice;
            status = _receive.Await(isLast ? deadline : slice);
            if (status != VirtioStatus.Ok && (isLast || status != VirtioStatus.TimedOut))
            {
                return status;
            }
        }
    }

    /// <summary>Reads what has come.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <returns>Ok, Empty, or as the blocking form.</returns>
    [AnyCore]
    public VirtioStatus TryRead(Span<byte> bytes, out int length)
    {
        length = 0;
        VirtioStatus status = _device.Service();
        while (status == VirtioStatus.Ok && _taken == _end)
        {
            GiveBack();
            status = _receive.TryTake(out nuint token, out uint count);
            if (status == VirtioStatus.Ok)
            {
                _current = (int)token;
                _taken = 0;
                _end = (int)count;
            }
        }

        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        length = _end - _taken < bytes.Length ? _end - _taken : bytes.Length;
        Buffer(_current).Span.Slice(_taken, length).CopyTo(bytes);
        _taken += length;
        return VirtioStatus.Ok;
    }

    internal static VirtioStatus Open(ConsoleDevice device, int number, int receiveQueue, int core, out ConsolePort? port)
    {
        port = null;
        VirtioStatus status = device.Device.AddQueue(receiveQueue, core, 0, out DeviceVirtqueue? receive, Buffers);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        status = device.Device.AddQueue(receiveQueue + 1, core, 0, out DeviceVirtqueue? send, Buffers);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        if (!device.Device.Host.Memory.TryAllocate(2 * Buffers * BufferBytes, out DmaMemory memory))
        {
            return VirtioStatus.NoMemory;
        }

        port = new ConsolePort(device, number, receive!, send!, memory);
        return VirtioStatus.Ok;
    }

    internal void Fill()
    {
        for (int i = 0; i < Buffers; i++)
        {
            Offer(i);
        }

        _receive.Publish();
    }

    internal void SetName(ReadOnlySpan<byte> name)
    {
        _nameLength = 0;
        while (_nameLength < name.Length && _nameLength < LongestName && name[_nameLength] != 0)
        {
            _name[_nameLength] = name[_nameLength];
            _nameLength++;
        }
    }

    internal void Free()
    {
        _ = _device.Device.Host.Memory.TryFree(_memory);
        _memory = default;
    }

    private DmaMemory Buffer(int slot) => _memory.Part((uint)slot * BufferBytes, BufferBytes);

    private void Offer(int slot)
    {
        _chain.Clear();
        _chain.AddWritable(Buffer(slot));
        _ = _receive.TryAdd(_chain, (nuint)slot);
    }

    private void GiveBack()
    {
        if (_current >= 0)
        {
            Offer(_current);
            _receive.Publish();
            _current = -1;
            _taken = 0;
            _end = 0;
        }
    }
}
