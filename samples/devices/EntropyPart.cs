using System;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>Prints 32 random bytes.</summary>
internal static class EntropyPart
{
    private const int Count = 32;
    private const ulong TimeoutNs = 10_000_000_000;

    public static bool Run(Part part)
    {
        VirtioTransport? transport = part.Find(VirtioDeviceType.Entropy);
        if (transport == null
            || !part.Succeeds(EntropyDevice.Open(transport, Part.Host, 0, out EntropyDevice? device), "open"))
        {
            return false;
        }

        byte[] bytes = new byte[Count];
        bool succeeded = part.Succeeds(device!.Read(bytes, TimeoutNs, out _), "read");
        if (succeeded)
        {
            part.Say(Convert.ToHexStringLower(bytes));
        }

        return part.Succeeds(device.Close(), "close") && succeeded;
    }
}
