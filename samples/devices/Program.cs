using System;
using System.Collections.Generic;
using ToroCosmos.Smp;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>
/// Shows the machine's VirtIO devices at work. Without words on its command line it lists what it finds; each word is a part:
/// <c>rng</c>, <c>blk</c>, <c>net</c>, <c>console</c>, <c>balloon</c>, in any order. The exit code is 0 when all parts succeed.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Cores.Start();
        List<FoundDevice> devices = MachineDevices.Find();
        int parts = 0;
        int failures = 0;
        foreach (string word in args)
        {
            if (word.Contains('=', StringComparison.Ordinal))
            {
                // The machine's own, such as virtio_mmio.device=512@0xfeb00000:5.
                continue;
            }

            parts++;
            bool succeeded = word switch
            {
                "rng" => EntropyPart.Run(new Part(word, devices)),
                "blk" => BlockPart.Run(new Part(word, devices)),
                "net" => NetworkPart.Run(new Part(word, devices)),
                "console" => ConsolePart.Run(new Part(word, devices)),
                "balloon" => BalloonPart.Run(new Part(word, devices)),
                _ => Unknown(word),
            };
            failures += succeeded ? 0 : 1;
        }

        if (parts == 0)
        {
            foreach (FoundDevice device in devices)
            {
                Console.WriteLine(device.Describe());
            }
        }

        return failures == 0 ? 0 : 1;
    }

    private static bool Unknown(string word)
    {
        Console.WriteLine($"There is no part '{word}': rng, blk, net, console, balloon.");
        return false;
    }
}
