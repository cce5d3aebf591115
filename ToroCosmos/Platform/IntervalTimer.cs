using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

/// <summary>A channel of the 8254 timer, which every PC has and whose rate is known, beside the time-stamp counter.</summary>
internal readonly struct IntervalTimer : ITimedCounter
{
    /// <summary>Counts in a second.</summary>
    public const uint Hertz = 1_193_182;

    private const ushort Channel0 = 0x40;
    private const ushort Command = 0x43;

    // Commands for channel 0; a channel's number stands in the two highest bits.
    private const byte CountAgain = 0x34;           // both bytes, mode 2: counts down from 65,536 again and again
    private const byte Latch = 0x00;                // holds the count for the two reads that follow
    private const int ChannelShift = 6;

    private readonly byte _channel;

    /// <summary>Makes the channel count down from 65,536 again and again.</summary>
    /// <param name="channel">0, whose interrupt must be masked, or 2, whose gate must be open.</param>
    public IntervalTimer(byte channel)
    {
        _channel = channel;
        Port.Write8(Command, (byte)(CountAgain | (channel << ChannelShift)));
        Port.Write8((ushort)(Channel0 + channel), 0);
        Port.Write8((ushort)(Channel0 + channel), 0);
    }

    public uint Mask => ushort.MaxValue;

    public uint ReadCount()
    {
        ushort port = (ushort)(Channel0 + _channel);
        Port.Write8(Command, (byte)(Latch | (_channel << ChannelShift)));
        uint low = Port.Read8(port);
        return low | ((uint)Port.Read8(port) << 8);
    }

    public ulong ReadClock() => Cpu.ReadTimestamp();
}
