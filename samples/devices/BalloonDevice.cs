using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>
/// A memory balloon (VirtIO 1.2, Traditional Memory Balloon Device): the host asks for memory back, and the kernel gives it
/// pages. One core uses it.
/// </summary>
internal sealed unsafe class BalloonDevice
{
    /// <summary>How many bytes a page has, whatever the processor's pages are.</summary>
    public const uint PageBytes = 4096;

    // Feature bits (VirtIO 1.2, 5.5.3) and queues (5.5.2).
    private const int MustTellHost = 0;
    private const int InflateQueue = 0;
    private const int DeflateQueue = 1;

    // The configuration (5.5.4): how many pages the host wants, and how many it has.
    private const uint TargetOffset = 0;
    private const uint ActualOffset = 4;

    private readonly VirtioDevice _device;
    private readonly DeviceVirtqueue _inflate;
    private readonly DeviceVirtqueue _deflate;
    private readonly DmaMemory _list;
    private readonly BufferChain _chain = new(1);

    private BalloonDevice(VirtioDevice device, DeviceVirtqueue inflate, DeviceVirtqueue deflate, DmaMemory list)
    {
        _device = device;
        _inflate = inflate;
        _deflate = deflate;
        _list = list;
    }

    /// <summary>How many pages a call can give or take: what the list holds.</summary>
    public int MostPages => (int)(_list.Bytes / sizeof(uint));

    /// <summary>How many pages the host has.</summary>
    public uint Pages { get; private set; }

    /// <summary>Brings a device up.</summary>
    public static VirtioStatus Open(VirtioTransport transport, DriverHost host, int core, out BalloonDevice? device)
    {
        device = null;
        if (transport.Type != VirtioDeviceType.Balloon)
        {
            return VirtioStatus.WrongType;
        }

        VirtioStatus status = VirtioDevice.Begin(transport, host, wanted: 1UL << MustTellHost, required: 0, out VirtioDevice? below);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        DeviceVirtqueue? deflate = null;
        status = below!.AddQueue(InflateQueue, core, indirectBuffers: 0, out DeviceVirtqueue? inflate);
        status = status == VirtioStatus.Ok ? below.AddQueue(DeflateQueue, core, indirectBuffers: 0, out deflate) : status;
        DmaMemory list = default;
        if (status == VirtioStatus.Ok && !host.Memory.TryAllocate(PageBytes, out list))
        {
            status = VirtioStatus.NoMemory;
        }

        status = status == VirtioStatus.Ok ? below.Start() : status;
        if (status != VirtioStatus.Ok)
        {
            _ = host.Memory.TryFree(list);
            return below.Fail(status);
        }

        device = new BalloonDevice(below, inflate!, deflate!, list);
        return VirtioStatus.Ok;
    }

    /// <summary>How many pages the host wants to have.</summary>
    public VirtioStatus ReadTarget(out uint pages)
    {
        pages = 0;
        ConfigReading reading = _device.ReadConfig();
        while (reading.Next())
        {
            pages = reading.Read32(TargetOffset);
        }

        return reading.IsStable ? _device.Check() : VirtioStatus.BadConfiguration;
    }

    /// <summary>Gives the host pages, whose contents are lost.</summary>
    /// <param name="memory">Whole pages, aligned, as many as <see cref="MostPages"/> at most.</param>
    /// <param name="timeoutNs">The limit in nanoseconds.</param>
    public VirtioStatus Inflate(DmaMemory memory, ulong timeoutNs) => Send(_inflate, memory, timeoutNs, isGiven: true);

    /// <summary>Takes pages back.</summary>
    /// <param name="memory">Pages that were given.</param>
    /// <param name="timeoutNs">The limit in nanoseconds.</param>
    public VirtioStatus Deflate(DmaMemory memory, ulong timeoutNs) => Send(_deflate, memory, timeoutNs, isGiven: false);

    /// <summary>Resets the device.</summary>
    public VirtioStatus Close()
    {
        VirtioStatus status = _device.Close();
        if (status == VirtioStatus.Ok)
        {
            _ = _device.Host.Memory.TryFree(_list);
        }

        return status;
    }

    private VirtioStatus Send(DeviceVirtqueue queue, DmaMemory memory, ulong timeoutNs, bool isGiven)
    {
        uint pages = memory.Bytes / PageBytes;
        if (pages == 0 || pages > MostPages || memory.Bytes % PageBytes != 0 || memory.Address % PageBytes != 0)
        {
            return VirtioStatus.InvalidLength;
        }

        // The device is told of pages by their numbers, in an array (5.5.6).
        for (uint i = 0; i < pages; i++)
        {
            ((uint*)_list.Start)[i] = (uint)(memory.Address / PageBytes) + i;
        }

        _chain.Clear();
        _chain.AddReadable(_list.Part(0, pages * sizeof(uint)));
        VirtioStatus status = queue.TryAdd(_chain, token: 0);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        queue.Publish();
        status = queue.Await(TickScale.OfClock.DeadlineAfter(timeoutNs));
        status = status == VirtioStatus.Ok ? queue.TryTake(out _, out _) : status;
        if (status == VirtioStatus.Ok)
        {
            Pages = isGiven ? Pages + pages : Pages - pages;
            _device.Transport.WriteConfig32(ActualOffset, Pages);
        }

        return status;
    }
}
