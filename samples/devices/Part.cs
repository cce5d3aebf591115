using System;
using System.Collections.Generic;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>What the parts of the sample have in common: their name before each line, and the machine's devices.</summary>
/// <param name="name">The part's name.</param>
/// <param name="devices">The devices.</param>
internal sealed class Part(string name, List<FoundDevice> devices)
{
    private static DriverHost? s_host;

    /// <summary>What drivers have of the machine.</summary>
    public static DriverHost Host => s_host ??= MachineDevices.CreateHost();

    /// <summary>Prints a line.</summary>
    public void Say(string text) => Console.WriteLine($"{name}: {text}");

    /// <summary>Finds the first device of a type that can be used; says why there is none.</summary>
    public VirtioTransport? Find(VirtioDeviceType type)
    {
        string reason = "there is no such device";
        foreach (FoundDevice device in devices)
        {
            if (device.Type == type)
            {
                if (device.Transport != null)
                {
                    return device.Transport;
                }

                reason = $"{device.Place}: {VirtioStatusText.Of(device.Status)}";
            }
        }

        Say(reason);
        return null;
    }

    /// <summary>Whether a call succeeded; says what went wrong.</summary>
    public bool Succeeds(VirtioStatus status, string what)
    {
        if (status != VirtioStatus.Ok)
        {
            Say($"{what}: {VirtioStatusText.Of(status)}");
        }

        return status == VirtioStatus.Ok;
    }
}
