using System;
using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// The device's side of a virtqueue over plain memory, for tests. It keeps the rules itself, unless it is told not to, and
/// holds the driver to those of VirtIO 1.2: what a driver may not do is a <see cref="DriverException"/>. What the driver's
/// side has to say of one like it is in its tests.
/// </summary>
public abstract unsafe class FakeQueue
{
    private readonly List<FakeRequest> _held = [];

    /// <summary>Takes up a queue that the driver has set up.</summary>
    protected FakeQueue(FakeMemory memory, int size, VirtioFeatures features)
    {
        Memory = memory;
        Size = size;
        Features = features;
    }

    /// <summary>The features that were negotiated.</summary>
    public VirtioFeatures Features { get; }

    /// <summary>How many descriptors the queue has.</summary>
    public int Size { get; }

    /// <summary>How many interrupts the driver got.</summary>
    public int Interrupts { get; private set; }

    /// <summary>Whether the device has written what it must not: from then on it holds the driver to nothing.</summary>
    public bool IsHostile { get; set; }

    /// <summary>The chains that the device has taken and not used, the oldest first.</summary>
    public IReadOnlyList<FakeRequest> Held => _held;

    /// <summary>The machine's memory.</summary>
    protected FakeMemory Memory { get; }

    /// <summary>Takes up a driver's queue, at the addresses that a transport would be told.</summary>
    public static FakeQueue Of(FakeMemory memory, Virtqueue queue, VirtioFeatures features) =>
        At(memory, queue.Size, features, queue.DescriptorArea, queue.DriverArea, queue.DeviceArea);

    /// <summary>Takes up the queue at the addresses that a transport was told.</summary>
    public static FakeQueue At(
        FakeMemory memory, int size, VirtioFeatures features, ulong descriptorArea, ulong driverArea, ulong deviceArea) =>
        (features & VirtioFeatures.RingPacked) != 0
            ? new FakePackedQueue(memory, size, features, descriptorArea, driverArea, deviceArea)
            : new FakeSplitQueue(memory, size, features, descriptorArea, driverArea, deviceArea);

    /// <summary>Takes the next chain that is available.</summary>
    /// <returns>The chain, or null when there is none.</returns>
    public FakeRequest? Take()
    {
        FakeRequest? request = TakeAvailable();
        if (request is not null)
        {
            Require(!_held.Exists(held => held.Id == request.Id), $"Chain {request.Id} is made available while the device has it (3.3.1).");
            _held.Add(request);
        }

        return request;
    }

    /// <summary>Uses a chain and tells the driver, by an interrupt where it wants one.</summary>
    /// <param name="request">A chain that is held.</param>
    /// <param name="written">How many bytes were written into it.</param>
    public void Use(FakeRequest request, uint written)
    {
        Put(request, written);
        Show();
    }

    /// <summary>Uses a chain; <see cref="Show"/> tells the driver.</summary>
    public void Put(FakeRequest request, uint written)
    {
        CheckUnchanged(request);
        _held.Remove(request);
        PutUsed(request.Id, request.Descriptors, written);
    }

    /// <summary>
    /// Uses chains that were taken one after the other by one element, as VIRTIO_F_IN_ORDER allows; <see cref="Show"/> tells
    /// the driver. The others than the last were written completely.
    /// </summary>
    public void PutBatch(IReadOnlyList<FakeRequest> requests, uint writtenIntoLast)
    {
        int descriptors = 0;
        foreach (FakeRequest request in requests)
        {
            CheckUnchanged(request);
            _held.Remove(request);
            descriptors += request.Descriptors;
        }

        PutUsedBatch(requests[^1].Id, requests.Count, descriptors, writtenIntoLast);
    }

    /// <summary>Tells the driver of all that was put.</summary>
    public void Show()
    {
        if (ShowUsed())
        {
            Interrupts++;
        }
    }

    /// <summary>Serves all chains that are available, and all that come meanwhile.</summary>
    /// <param name="serve">Serves one and says how many bytes it has written.</param>
    /// <returns>How many there were.</returns>
    public int Serve(Func<FakeRequest, uint> serve)
    {
        int served = 0;
        while (Take() is { } request)
        {
            Use(request, serve(request));
            served++;
        }

        return served;
    }

    /// <summary>Asks to be notified of the next chain that becomes available. Another look must follow.</summary>
    public abstract void RequestNotification();

    /// <summary>Asks for no notifications.</summary>
    public abstract void SuppressNotifications();

    /// <summary>Writes a used element of any content where the driver looks for the next one, and tells of it.</summary>
    /// <param name="descriptors">How far a packed ring goes on.</param>
    public abstract void UseRaw(uint id, uint length, int descriptors = 1);

    /// <summary>Writes any wish to be notified: an index, or a packed ring's position and flags.</summary>
    public abstract void WriteWish(uint wish);

    /// <summary>Writes rubbish into every descriptor and entry that the driver wrote, those to be read next included.</summary>
    public abstract void OverwriteDriverArea(byte rubbish);

    /// <summary>Reads the next chain of the ring.</summary>
    protected abstract FakeRequest? TakeAvailable();

    /// <summary>Reads a chain again, as the ring has it now.</summary>
    protected abstract FakeRequest Again(FakeRequest request);

    /// <summary>Writes a used element.</summary>
    protected abstract void PutUsed(int id, int descriptors, uint written);

    /// <summary>Writes the used element of several chains.</summary>
    protected abstract void PutUsedBatch(int id, int chains, int descriptors, uint written);

    /// <summary>Shows the used elements, and says whether the driver wants an interrupt.</summary>
    protected abstract bool ShowUsed();

    /// <summary>Whether an index that moved has passed the one that was asked for, modulo 2^16 (2.7.10).</summary>
    protected static bool IsReached(ushort at, ushort before, ushort now) =>
        (ushort)(now - at - 1) < (ushort)(now - before);

    /// <summary>Throws unless something holds, or the device itself is to blame.</summary>
    protected void Require(bool holds, string rule)
    {
        if (!holds && !IsHostile)
        {
            throw new DriverException(rule);
        }
    }

    /// <summary>Adds a buffer to those of a chain, and holds the driver to the rules for it.</summary>
    /// <param name="descriptor">The descriptor, which begins with address and length in either kind of ring.</param>
    protected void AddBuffer(List<DmaMemory> readable, List<DmaMemory> writable, uint* descriptor, bool isWritable)
    {
        ulong address = AddressOf(descriptor);
        uint bytes = RingMemory.Load(descriptor + 2);
        Require(bytes > 0, "A buffer has no bytes.");
        Require(isWritable || writable.Count == 0, "A buffer to read stands behind one to write (2.7.4.2).");
        Require(readable.Count + writable.Count < Size, "A chain is longer than the queue (2.7.5.3.1).");
        (isWritable ? writable : readable).Add(new DmaMemory(Memory.At(address, bytes), address, bytes));
    }

    /// <summary>The address in a descriptor of either kind of ring.</summary>
    protected static ulong AddressOf(uint* descriptor) =>
        RingMemory.Load(descriptor) | ((ulong)RingMemory.Load(descriptor + 1) << 32);

    private void CheckUnchanged(FakeRequest request)
    {
        if (this is FakeSplitQueue && !IsHostile)
        {
            FakeRequest now = Again(request);
            bool isSame = now.Descriptors == request.Descriptors && IsSame(now.Readable, request.Readable) && IsSame(now.Writable, request.Writable);
            Require(isSame, $"Chain {request.Id} was altered while the device had it (3.3.1).");
        }
    }

    private static bool IsSame(IReadOnlyList<DmaMemory> one, IReadOnlyList<DmaMemory> other)
    {
        bool isSame = one.Count == other.Count;
        for (int i = 0; isSame && i < one.Count; i++)
        {
            isSame = one[i].Address == other[i].Address && one[i].Bytes == other[i].Bytes;
        }

        return isSame;
    }
}
