using System.Collections.Generic;
using ToroCosmos.Virtio.Fakes;

namespace ToroCosmos.Vhost.Tests.Vhost;

/// <summary>The memory of a running machine, mapped from the files that QEMU hands over.</summary>
internal sealed unsafe class VhostMemory : FakeMemory
{
    private readonly List<Region> _regions = [];

    public VhostMemory()
        : base(null, 0)
    {
    }

    /// <summary>Adds a region.</summary>
    /// <param name="guest">Its address in the machine.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="emulator">Its address in QEMU, by which queues are named.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="file">The file, which is closed.</param>
    public void Add(ulong guest, ulong bytes, ulong emulator, ulong offset, int file)
    {
        byte* start = Libc.Map(file, bytes + offset);
        _ = Libc.Close(file);
        _regions.Add(new Region(guest, bytes, emulator, (nint)start, offset));
    }

    /// <summary>The address in the machine of what has an address in QEMU.</summary>
    public ulong GuestAddress(ulong emulator)
    {
        foreach (Region region in _regions)
        {
            if (emulator - region.Emulator < region.Bytes)
            {
                return emulator - region.Emulator + region.Guest;
            }
        }

        throw new DriverException($"0x{emulator:X} is no memory of the machine.");
    }

    /// <inheritdoc/>
    public override byte* At(ulong address, uint bytes)
    {
        foreach (Region region in _regions)
        {
            ulong offset = address - region.Guest;
            if (offset < region.Bytes && bytes <= region.Bytes - offset)
            {
                return (byte*)region.Start + region.Offset + offset;
            }
        }

        throw new DriverException($"The driver names {bytes} bytes at 0x{address:X}, which is no memory.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        foreach (Region region in _regions)
        {
            _ = Libc.Unmap((byte*)region.Start, (nuint)(region.Bytes + region.Offset));
        }

        _regions.Clear();
        base.Dispose(isDisposing);
    }

    private sealed record Region(ulong Guest, ulong Bytes, ulong Emulator, nint Start, ulong Offset);
}
