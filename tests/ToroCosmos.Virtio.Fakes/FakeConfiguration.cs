using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using ToroCosmos.Pci;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>The configuration space of a played machine.</summary>
public sealed class FakeConfiguration : PciConfiguration
{
    private readonly Dictionary<PciAddress, byte[]> _functions = [];
    private readonly Dictionary<(PciAddress Address, int Offset), uint> _sizing = [];

    /// <summary>How many reads there were.</summary>
    public int Reads { get; private set; }

    /// <summary>Whether a function answered at its addresses while its base addresses were written: a mistake.</summary>
    public bool DecodedWhileSized { get; private set; }

    /// <summary>The bytes of a function, which is there from now on.</summary>
    public byte[] At(PciAddress address)
    {
        if (!_functions.TryGetValue(address, out byte[]? bytes))
        {
            bytes = new byte[256];
            _functions.Add(address, bytes);
        }

        return bytes;
    }

    /// <summary>Makes a function.</summary>
    public byte[] Add(PciAddress address, ushort vendor, ushort device, byte headerType = 0)
    {
        byte[] bytes = At(address);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, vendor);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), device);
        bytes[0x0E] = headerType;
        return bytes;
    }

    /// <summary>Gives a function a base address: what reads back after ones were written says how long it is.</summary>
    public void SetBar(PciAddress address, int index, uint value, uint sizing)
    {
        int offset = 0x10 + (4 * index);
        BinaryPrimitives.WriteUInt32LittleEndian(At(address).AsSpan(offset), value);
        _sizing[(address, offset)] = sizing;
    }

    /// <inheritdoc/>
    public override int BytesOf(PciAddress address) => _functions.ContainsKey(address) ? 256 : 0;

    /// <inheritdoc/>
    public override uint Read32(PciAddress address, int offset)
    {
        Reads++;
        return _functions.TryGetValue(address, out byte[]? bytes) && offset + 4 <= bytes.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset))
            : uint.MaxValue;
    }

    /// <inheritdoc/>
    public override void Write16(PciAddress address, int offset, ushort value)
    {
        if (_functions.TryGetValue(address, out byte[]? bytes))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);
        }
    }

    /// <inheritdoc/>
    public override void Write32(PciAddress address, int offset, uint value)
    {
        if (!_functions.TryGetValue(address, out byte[]? bytes))
        {
            return;
        }

        if (_sizing.TryGetValue((address, offset), out uint sizing))
        {
            DecodedWhileSized |= (bytes[4] & 3) != 0;
            value = value == uint.MaxValue ? sizing : value;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
    }
}
