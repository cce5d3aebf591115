using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A core's way to the network: frames from the destination's address to the end of the payload, without the checksum
/// behind. For the core of the lane alone; nothing allocates or throws.
/// </summary>
public sealed class NetworkLane
{
    /// <summary>How many frames can be on their way, in each direction.</summary>
    public const int Depth = 32;

    /// <summary>The shortest frame on the wire; a shorter one gets zeros behind.</summary>
    public const int ShortestFrame = 60;

    // VirtIO 1.2, Network Device: Device Operation: struct virtio_net_hdr, with the number of buffers.
    private const uint PrefixBytes = 12;

    private readonly NetworkDevice _device;
    private readonly DeviceVirtqueue _receive;
    private readonly DeviceVirtqueue _send;
    private readonly BufferChain _chain = new(1);
    private readonly TickScale _ticks = TickScale.OfClock;
    private readonly uint _stride;
    private readonly bool[] _isSending = new bool[Depth];
    private DmaMemory _receiveMemory;
    private DmaMemory _sendMemory;
    private int _next;

    private NetworkLane(
        NetworkDevice device, DeviceVirtqueue receive, DeviceVirtqueue send, DmaMemory receiveMemory, DmaMemory sendMemory)
    {
        _device = device;
        _receive = receive;
        _send = send;
        _receiveMemory = receiveMemory;
        _sendMemory = sendMemory;
        _stride = receiveMemory.Bytes >> 5;
    }

    /// <summary>The core whose lane it is.</summary>
    public int Core => _receive.Core;

    /// <summary>Has news when a frame has come, or the device works no more.</summary>
    public WaitSource FrameCame => _receive;

    /// <summary>Has news when a frame was sent, so that there is room, or the device works no more.</summary>
    public WaitSource FrameSent => _send;

    /// <summary>The longest frame, in bytes.</summary>
    public int LongestFrame => _device.Mtu + NetworkDevice.HeaderBytes;

    /// <summary>Frames that came and were dropped, because the device said of them what cannot be.</summary>
    public uint Dropped { get; private set; }

    /// <summary>Sends a frame; waits for room as long as it takes.</summary>
    /// <param name="frame">From the destination's address on.</param>
    /// <returns>Ok, InvalidLength, Broken, NeedsReset, Gone or Closed.</returns>
    [AnyCore]
    public VirtioStatus Send(ReadOnlySpan<byte> frame) => Send(frame, TimeLimit.None);

    /// <summary>Sends a frame; waits for room up to a time limit.</summary>
    /// <param name="frame">From the destination's address on.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Send(ReadOnlySpan<byte> frame, ulong timeoutNs)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (true)
        {
            VirtioStatus status = TrySend(frame);
            if (status != VirtioStatus.Full)
            {
                return status;
            }

            status = _send.Await(deadline);
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Sends a frame if there is room.</summary>
    /// <param name="frame">From the destination's address on.</param>
    /// <returns>As the blocking form, or Full.</returns>
    [AnyCore]
    public VirtioStatus TrySend(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < NetworkDevice.HeaderBytes || frame.Length > LongestFrame)
        {
            return VirtioStatus.InvalidLength;
        }

        VirtioStatus status = Reclaim();
        int slot = _next;
        if (status == VirtioStatus.Ok && _isSending[slot])
        {
            // A device may end frames in any order.
            slot = 0;
            while (slot < Depth && _isSending[slot])
            {
                slot++;
            }

            status = slot == Depth ? VirtioStatus.Full : status;
        }

        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        int length = frame.Length < ShortestFrame ? ShortestFrame : frame.Length;
        DmaMemory memory = _sendMemory.Part((uint)slot * _stride, PrefixBytes + (uint)length);
        Span<byte> bytes = memory.Span;
        bytes.Slice(0, (int)PrefixBytes).Clear();
        bytes = bytes.Slice((int)PrefixBytes);
        frame.CopyTo(bytes);
        bytes.Slice(frame.Length).Clear();
        _chain.Clear();
        _chain.AddReadable(memory);
        status = _send.TryAdd(_chain, (nuint)slot);
        if (status == VirtioStatus.Ok)
        {
            _isSending[slot] = true;
            _next = slot + 1 < Depth ? slot + 1 : 0;
            _send.Publish();
        }

        return status;
    }

    /// <summary>Receives a frame, as long as it takes.</summary>
    /// <param name="frame">Where to; a frame that is longer is cut off.</param>
    /// <param name="length">How long the frame is.</param>
    /// <returns>Ok, Broken, NeedsReset, Gone or Closed.</returns>
    [AnyCore]
    public VirtioStatus Receive(Span<byte> frame, out int length) => Receive(frame, TimeLimit.None, out length);

    /// <summary>Receives a frame, up to a time limit.</summary>
    /// <param name="frame">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never passes.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or TimedOut.</returns>
    [AnyCore]
    public VirtioStatus Receive(Span<byte> frame, ulong timeoutNs, out int length)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        while (true)
        {
            VirtioStatus status = TryReceive(frame, out length);
            if (status != VirtioStatus.Empty)
            {
                return status;
            }

            status = _receive.Await(deadline);
            if (status != VirtioStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Receives a frame if one has come.</summary>
    /// <param name="frame">As in the blocking form.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or Empty.</returns>
    [AnyCore]
    public VirtioStatus TryReceive(Span<byte> frame, out int length)
    {
        length = 0;
        while (true)
        {
            VirtioStatus status = _receive.TryTake(out nuint token, out uint bytes);
            if (status != VirtioStatus.Ok)
            {
                return status;
            }

            ReadOnlySpan<byte> memory = _receiveMemory.Part((uint)token * _stride, _stride).Span;

            // Of the header nothing is needed: what it tells of was declined, and the number of buffers, which is to be 1
            // then, is 0 in QEMU.
            bool isSound = bytes >= PrefixBytes + NetworkDevice.HeaderBytes;
            if (isSound)
            {
                length = (int)(bytes - PrefixBytes);
                int copied = length < frame.Length ? length : frame.Length;
                memory.Slice((int)PrefixBytes, copied).CopyTo(frame);
            }
            else
            {
                Dropped++;
            }

            Offer((int)token);
            _receive.Publish();
            if (isSound)
            {
                return VirtioStatus.Ok;
            }
        }
    }

    internal static VirtioStatus Open(NetworkDevice device, int index, out NetworkLane? lane)
    {
        lane = null;
        VirtioDevice below = device.Device;
        VirtioStatus status = below.AddQueue(2 * index, index, 0, out DeviceVirtqueue? receive, Depth);
        DeviceVirtqueue? send = null;
        if (status == VirtioStatus.Ok)
        {
            status = below.AddQueue((2 * index) + 1, index, 0, out send, Depth);
        }

        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        uint frame = PrefixBytes + NetworkDevice.HeaderBytes + (uint)device.Mtu;
        uint stride = 2048;
        while (stride < frame)
        {
            stride <<= 1;
        }

        DmaPool pool = below.Host.Memory;
        if (!pool.TryAllocate(Depth * stride, out DmaMemory receiveMemory))
        {
            return VirtioStatus.NoMemory;
        }

        if (!pool.TryAllocate(Depth * stride, out DmaMemory sendMemory))
        {
            _ = pool.TryFree(receiveMemory);
            return VirtioStatus.NoMemory;
        }

        lane = new NetworkLane(device, receive!, send!, receiveMemory, sendMemory);
        return VirtioStatus.Ok;
    }

    /// <summary>Gives the device all buffers to receive into.</summary>
    internal void Fill()
    {
        for (int i = 0; i < Depth; i++)
        {
            Offer(i);
        }

        _receive.Publish();
    }

    internal void Free()
    {
        DmaPool pool = _device.Device.Host.Memory;
        _ = pool.TryFree(_receiveMemory);
        _ = pool.TryFree(_sendMemory);
        _receiveMemory = default;
        _sendMemory = default;
    }

    private void Offer(int slot)
    {
        // A smaller queue than there are buffers leaves some out, for good.
        _chain.Clear();
        _chain.AddWritable(_receiveMemory.Part((uint)slot * _stride, _stride));
        _ = _receive.TryAdd(_chain, (nuint)slot);
    }

    /// <summary>Takes back the buffers of frames that were sent.</summary>
    private VirtioStatus Reclaim()
    {
        while (true)
        {
            VirtioStatus status = _send.TryTake(out nuint token, out _);
            if (status != VirtioStatus.Ok)
            {
                return status == VirtioStatus.Empty ? VirtioStatus.Ok : status;
            }

            _isSending[(int)token] = false;
        }
    }
}
