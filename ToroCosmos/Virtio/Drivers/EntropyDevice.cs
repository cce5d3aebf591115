using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A source of random bytes (VirtIO 1.2, Entropy Device). What the device gives is handed out once and then wiped. One core
/// uses it; only <see cref="Open"/> and <see cref="Close"/> are for the boot core.
/// </summary>
public sealed class EntropyDevice
{
    private const uint BufferBytes = 512;
    private const int RequestQueue = 0;

    private readonly VirtioDevice _device;
    private readonly DeviceVirtqueue _queue;
    private readonly DmaMemory _buffer;
    private readonly BufferChain _chain = new(1);
    private readonly TickScale _ticks = TickScale.OfClock;
    private bool _isAsked;
    private int _next;
    private int _end;

    private EntropyDevice(VirtioDevice device, DeviceVirtqueue queue, DmaMemory buffer)
    {
        _device = device;
        _queue = queue;
        _buffer = buffer;
    }

    /// <summary>The device below.</summary>
    public VirtioDevice Device => _device;

    /// <summary>Has news when bytes have come that were asked for; see <see cref="TryRead"/>.</summary>
    public WaitSource BytesCame => _queue;

    /// <summary>Brings a device up. Allocates.</summary>
    /// <param name="transport">The device.</param>
    /// <param name="host">What the driver has of the machine.</param>
    /// <param name="core">The core that will use it.</param>
    /// <param name="device">The driver, when the answer is Ok.</param>
    /// <returns>Ok, WrongType, NoMemory, or what <see cref="VirtioDevice"/> answers.</returns>
    public static VirtioStatus Open(VirtioTransport transport, DriverHost host, int core, out EntropyDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        device = null;
        if (transport.Type != VirtioDeviceType.Entropy)
        {
            return VirtioStatus.WrongType;
        }

        VirtioStatus status = VirtioDevice.Begin(transport, host, 0, 0, out VirtioDevice? below);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        status = below!.AddQueue(RequestQueue, core, 0, out DeviceVirtqueue? queue, 8);
        if (status != VirtioStatus.Ok)
        {
            return below.Fail(status);
        }

        if (!host.Memory.TryAllocate(BufferBytes, out DmaMemory buffer))
        {
            return below.Fail(VirtioStatus.NoMemory);
        }

        status = below.Start();
        if (status != VirtioStatus.Ok)
        {
            _ = host.Memory.TryFree(buffer);
            return below.Fail(status);
        }

        device = new EntropyDevice(below, queue!, buffer);
        return VirtioStatus.Ok;
    }

    /// <summary>Fills a buffer, as long as it takes.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <returns>Ok, Broken, NeedsReset, Gone or Closed; then some of the buffer may be filled.</returns>
    [AnyCore]
    public VirtioStatus Read(Span<byte> bytes) => Read(bytes, TimeLimit.None, out _);

    /// <summary>Fills a buffer, up to a time limit.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <param name="length">How much of the buffer is filled.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Read(Span<byte> bytes, ulong timeoutNs, out int length)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        length = 0;
        while (true)
        {
            VirtioStatus status = TryRead(bytes.Slice(length), out int count);
            length += count;
            if (length == bytes.Length)
            {
                return VirtioStatus.Ok;
            }

            status = status == VirtioStatus.Empty ? _queue.Await(deadline) : status;
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Takes what has come, and asks for more when nothing is left.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="length">How much was taken.</param>
    /// <returns>Ok when there was something, Empty, or as the blocking form.</returns>
    [AnyCore]
    public VirtioStatus TryRead(Span<byte> bytes, out int length)
    {
        length = 0;
        VirtioStatus status = _next == _end ? Refill() : _device.State;
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        Span<byte> there = _buffer.Span.Slice(_next, _end - _next);
        length = there.Length < bytes.Length ? there.Length : bytes.Length;
        there.Slice(0, length).CopyTo(bytes);
        there.Slice(0, length).Clear();
        _next += length;
        return VirtioStatus.Ok;
    }

    /// <summary>Resets the device; every call answers Closed from then on.</summary>
    /// <returns>Ok or NoReset.</returns>
    public VirtioStatus Close()
    {
        VirtioStatus status = _device.Close();
        if (status == VirtioStatus.Ok)
        {
            _ = _device.Host.Memory.TryFree(_buffer);
        }

        return status;
    }

    private VirtioStatus Refill()
    {
        if (!_isAsked)
        {
            _chain.Clear();
            _chain.AddWritable(_buffer);
            VirtioStatus added = _queue.TryAdd(_chain, 0);
            if (added != VirtioStatus.Ok)
            {
                return added;
            }

            _isAsked = true;
            _queue.Publish();
        }

        VirtioStatus status = _queue.TryTake(out _, out uint bytes);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        _isAsked = false;
        if (bytes == 0)
        {
            // VirtIO 1.2, Device Requirements: Entropy Device: one byte or more.
            _queue.Ring.Break();
            return VirtioStatus.Broken;
        }

        _next = 0;
        _end = (int)bytes;
        return VirtioStatus.Ok;
    }
}
