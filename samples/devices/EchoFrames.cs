using System;
using System.Buffers.Binary;
using ToroCosmos.Virtio.Drivers;

namespace ToroCosmos.Samples.Devices;

/// <summary>Frames of ARP (RFC 826) and of echo requests (RFC 792) between 10.0.2.15 and 10.0.2.2.</summary>
/// <param name="own">The address of our card.</param>
internal sealed class EchoFrames(MacAddress own)
{
    private const ushort ArpType = 0x0806;
    private const ushort IpType = 0x0800;
    private const int IpHeader = 20;
    private const int EchoBytes = 8 + 32;
    private const ushort Identifier = 0x7C05;
    private const byte Icmp = 1;
    private const byte EchoReplyType = 0;
    private const byte EchoRequestType = 8;

    private readonly byte[] _peer = new byte[MacAddress.Bytes];

    /// <summary>Whether the peer's card is known.</summary>
    public bool KnowsPeer { get; private set; }

    private static ReadOnlySpan<byte> OwnIp => [10, 0, 2, 15];

    private static ReadOnlySpan<byte> PeerIp => [10, 0, 2, 2];

    /// <summary>Asks everybody who the peer is.</summary>
    public byte[] ArpRequest()
    {
        byte[] frame = new byte[42];
        frame.AsSpan(0, MacAddress.Bytes).Fill(byte.MaxValue);
        WriteOwn(frame.AsSpan(6));
        Span<byte> arp = frame.AsSpan(12);
        BinaryPrimitives.WriteUInt16BigEndian(arp, ArpType);
        BinaryPrimitives.WriteUInt16BigEndian(arp[2..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(arp[4..], IpType);
        arp[6] = MacAddress.Bytes;
        arp[7] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(arp[8..], 1);
        WriteOwn(arp[10..]);
        OwnIp.CopyTo(arp[16..]);
        PeerIp.CopyTo(arp[26..]);
        return frame;
    }

    /// <summary>Learns the peer's card from its answer.</summary>
    /// <returns>Whether the frame was one.</returns>
    public bool TakeArp(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> arp = frame[12..];
        bool isAnswer = BinaryPrimitives.ReadUInt16BigEndian(arp) == ArpType
            && BinaryPrimitives.ReadUInt16BigEndian(arp[8..]) == 2
            && arp.Slice(16, 4).SequenceEqual(PeerIp);
        if (isAnswer)
        {
            arp.Slice(10, MacAddress.Bytes).CopyTo(_peer);
            KnowsPeer = true;
        }

        return isAnswer;
    }

    /// <summary>Asks the peer to answer.</summary>
    /// <param name="number">The request's number.</param>
    public byte[] EchoRequest(ushort number)
    {
        byte[] frame = new byte[NetworkDevice.HeaderBytes + IpHeader + EchoBytes];
        _peer.CopyTo(frame, 0);
        WriteOwn(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), IpType);
        Span<byte> ip = frame.AsSpan(NetworkDevice.HeaderBytes);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], IpHeader + EchoBytes);
        ip[8] = 64;
        ip[9] = Icmp;
        OwnIp.CopyTo(ip[12..]);
        PeerIp.CopyTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..IpHeader]));
        Span<byte> echo = ip[IpHeader..];
        echo[0] = EchoRequestType;
        BinaryPrimitives.WriteUInt16BigEndian(echo[4..], Identifier);
        BinaryPrimitives.WriteUInt16BigEndian(echo[6..], number);
        "ToroCosmos asks for an echo."u8.CopyTo(echo[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(echo[2..], Checksum(echo));
        return frame;
    }

    /// <summary>Whether a frame is the peer's answer to a request, sound to its last byte.</summary>
    public static bool IsEchoReply(ReadOnlySpan<byte> frame, ushort number)
    {
        ReadOnlySpan<byte> ip = frame[NetworkDevice.HeaderBytes..];
        ReadOnlySpan<byte> echo = ip.Slice(IpHeader, EchoBytes);
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == IpType
            && ip[0] == 0x45
            && ip[9] == Icmp
            && ip.Slice(12, 4).SequenceEqual(PeerIp)
            && Checksum(ip[..IpHeader]) == 0
            && Checksum(echo) == 0
            && echo[0] == EchoReplyType
            && BinaryPrimitives.ReadUInt16BigEndian(echo[4..]) == Identifier
            && BinaryPrimitives.ReadUInt16BigEndian(echo[6..]) == number
            && echo[8..].StartsWith("ToroCosmos asks for an echo."u8);
    }

    /// <summary>The checksum of IP and ICMP (RFC 1071); over bytes with their own in them it is 0.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }

    private void WriteOwn(Span<byte> place)
    {
        for (int i = 0; i < MacAddress.Bytes; i++)
        {
            place[i] = own.Byte(i);
        }
    }
}
