using System;
using System.Diagnostics;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>Waits until the host asks for pages, gives them, and takes them back when it wants fewer.</summary>
internal static class BalloonPart
{
    private const ulong TimeoutNs = 5_000_000_000;
    private const uint BlockPages = 64;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static bool Run(Part part)
    {
        VirtioTransport? transport = part.Find(VirtioDeviceType.Balloon);
        if (transport == null || !part.Succeeds(BalloonDevice.Open(transport, Part.Host, 0, out BalloonDevice? device), "open"))
        {
            return false;
        }

        part.Say("ready");
        bool succeeded = Follow(part, device!);
        return part.Succeeds(device!.Close(), "close") && succeeded;
    }

    /// <summary>Follows what the host wants, in blocks, until it has had some pages and wants none.</summary>
    private static bool Follow(Part part, BalloonDevice device)
    {
        const int MostBlocks = 1024;
        var blocks = new DmaMemory[MostBlocks];
        int count = 0;
        uint told = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_patience)
        {
            if (!part.Succeeds(device.ReadTarget(out uint target), "read the target"))
            {
                return false;
            }

            VirtioStatus status = VirtioStatus.Ok;
            if (target >= device.Pages + BlockPages && count < MostBlocks)
            {
                if (!Part.Host.Memory.TryAllocate(BlockPages * BalloonDevice.PageBytes, out blocks[count]))
                {
                    part.Say("there is no memory left to give");
                    return false;
                }

                status = device.Inflate(blocks[count++], TimeoutNs);
            }
            else if (target < device.Pages)
            {
                status = device.Deflate(blocks[--count], TimeoutNs);
                _ = Part.Host.Memory.TryFree(blocks[count]);
            }
            else if (device.Pages != told)
            {
                told = device.Pages;
                part.Say($"{told} pages given");
                if (told == 0)
                {
                    return true;
                }
            }

            if (!part.Succeeds(status, "give or take pages"))
            {
                return false;
            }
        }

        part.Say("the host did not ask for pages and take them back");
        return false;
    }
}
