namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// Reads several fields of a device's configuration, or one of 64 bits, as they were at one moment: again whenever the
/// device has changed something meanwhile (VirtIO 1.2, Driver Requirements: Device Configuration Space).
/// <code>
/// ConfigReading reading = device.ReadConfig();
/// while (reading.Next())
/// {
///     capacity = reading.Read64(0);
/// }
///
/// if (!reading.IsStable) { ... }
/// </code>
/// A field that lies beyond the configuration is 0.
/// </summary>
[AnyCore]
public struct ConfigReading
{
    /// <summary>A device that changes its configuration during so many reads never comes to rest.</summary>
    public const int MaximumReads = 100;

    private readonly VirtioTransport _transport;
    private uint _generation;
    private int _reads;

    /// <param name="transport">The device.</param>
    public ConfigReading(VirtioTransport transport)
    {
        _transport = transport;
        _generation = 0;
        _reads = 0;
        IsStable = false;
    }

    /// <summary>Whether what was read last is of one moment.</summary>
    public bool IsStable { get; private set; }

    /// <summary>Whether to read, once more or for the first time.</summary>
    public bool Next()
    {
        uint generation = _transport.ReadConfigGeneration();
        IsStable = _reads > 0 && generation == _generation;
        _generation = generation;
        return !IsStable && _reads++ < MaximumReads;
    }

    /// <summary>Whether a field is there.</summary>
    public bool Has(uint offset, uint bytes) =>
        offset <= _transport.ConfigBytes && bytes <= _transport.ConfigBytes - offset;

    public byte Read8(uint offset) => Has(offset, 1) ? _transport.ReadConfig8(offset) : (byte)0;

    public ushort Read16(uint offset) => Has(offset, 2) ? _transport.ReadConfig16(offset) : (ushort)0;

    public uint Read32(uint offset) => Has(offset, 4) ? _transport.ReadConfig32(offset) : 0;

    /// <summary>Reads 64 bits as two halves, which is why the generation matters.</summary>
    public ulong Read64(uint offset) => Has(offset, 8)
        ? _transport.ReadConfig32(offset) | ((ulong)_transport.ReadConfig32(offset + 4) << 32)
        : 0;
}
