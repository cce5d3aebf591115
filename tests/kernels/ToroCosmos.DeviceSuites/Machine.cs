using System.Collections.Generic;
using System.Text;
using ToroCosmos.KernelTesting;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.DeviceSuites;

/// <summary>The machine's devices, found once.</summary>
internal static class Machine
{
    private static List<FoundDevice>? s_devices;

    /// <summary>What drivers have of the machine.</summary>
    public static DriverHost Host { get; } = MachineDevices.CreateHost();

    /// <summary>The devices.</summary>
    public static List<FoundDevice> Devices => s_devices ??= MachineDevices.Find();

    /// <summary>The device of a type, by its number among those of the type.</summary>
    public static VirtioTransport Find(VirtioDeviceType type, int index = 0)
    {
        foreach (FoundDevice device in Devices)
        {
            if (device.Type == type && index-- == 0)
            {
                return device.Transport!;
            }
        }

        throw new KeyNotFoundException($"The machine has no such device of type {(int)type}.");
    }

    /// <summary>Opens the disk of a name.</summary>
    public static BlockDevice Disk(string name, int cores = 1, DriverHost? host = null)
    {
        foreach (FoundDevice device in Devices)
        {
            if (device.Type != VirtioDeviceType.Block
                || BlockDevice.Open(device.Transport!, host ?? Host, cores, out BlockDevice? disk) != VirtioStatus.Ok)
            {
                continue;
            }

            byte[] bytes = new byte[BlockLane.IdentityBytes];
            if (disk!.Lane(0)!.Identify(bytes, out int length) == VirtioStatus.Ok
                && Encoding.ASCII.GetString(bytes, 0, length) == name)
            {
                return disk;
            }

            disk.Close();
        }

        throw new KeyNotFoundException($"The machine has no disk {name}.");
    }

    /// <summary>Checks that a call answers what it should, and says what it answered.</summary>
    public static bool Answers(VirtioStatus expected, VirtioStatus actual) =>
        Check.That(expected == actual, VirtioStatusText.Of(actual));
}
