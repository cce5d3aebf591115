using System;
using System.Diagnostics;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>Finds the address of 10.0.2.2 by ARP and sends it four echo requests from 10.0.2.15.</summary>
internal static class NetworkPart
{
    private const int Echoes = 4;
    private const int Attempts = 5;
    private const ulong TimeoutNs = 2_000_000_000;

    public static bool Run(Part part)
    {
        VirtioTransport? transport = part.Find(VirtioDeviceType.Network);
        if (transport == null
            || !part.Succeeds(NetworkDevice.Open(transport, Part.Host, 1, out NetworkDevice? device), "open"))
        {
            return false;
        }

        part.Say($"MAC {device!.Mac.Text}");
        bool succeeded = Ping(part, device);
        return part.Succeeds(device.Close(), "close") && succeeded;
    }

    private static bool Ping(Part part, NetworkDevice device)
    {
        NetworkLane lane = device.Lane(0)!;
        var frames = new EchoFrames(device.Mac);
        byte[] frame = new byte[lane.LongestFrame];
        for (int attempt = 0; !frames.KnowsPeer; attempt++)
        {
            if (attempt == Attempts)
            {
                part.Say("10.0.2.2 does not answer ARP");
                return false;
            }

            if (!part.Succeeds(lane.Send(frames.ArpRequest(), TimeoutNs), "send ARP")
                || !Await(part, lane, frame, received => frames.TakeArp(received)))
            {
                return false;
            }
        }

        for (int number = 1; number <= Echoes; number++)
        {
            bool isAnswered = false;
            long start = Stopwatch.GetTimestamp();
            if (!part.Succeeds(lane.Send(frames.EchoRequest((ushort)number), TimeoutNs), "send an echo request")
                || !Await(part, lane, frame, received => isAnswered = EchoFrames.IsEchoReply(received, (ushort)number)))
            {
                return false;
            }

            if (!isAnswered)
            {
                part.Say($"no reply {number} from 10.0.2.2");
                return false;
            }

            part.Say($"reply {number} from 10.0.2.2, {(long)Stopwatch.GetElapsedTime(start).TotalMicroseconds} us");
        }

        return true;
    }

    /// <summary>Receives until a frame is the one; false when the device works no more.</summary>
    private static bool Await(Part part, NetworkLane lane, byte[] frame, Predicate<byte[]> isTheOne)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            ulong elapsed = (ulong)Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            VirtioStatus status = elapsed >= TimeoutNs
                ? VirtioStatus.TimedOut
                : lane.Receive(frame, TimeoutNs - elapsed, out _);
            if (status == VirtioStatus.TimedOut || (status == VirtioStatus.Ok && isTheOne(frame)))
            {
                return true;
            }

            if (!part.Succeeds(status, "receive"))
            {
                return false;
            }
        }
    }
}
