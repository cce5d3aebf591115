using System.Collections.Generic;
using ToroCosmos.Devices;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>How devices wake the cores of a played machine: what was asked for.</summary>
public sealed class FakeWakeUps : DeviceWakeUps
{
    /// <summary>Whether messages reach cores.</summary>
    public bool HasMessages { get; set; } = true;

    /// <summary>Whether inputs are there.</summary>
    public bool HasInputs { get; set; } = true;

    /// <summary>Which input was connected to which core.</summary>
    public List<(uint Input, int Core)> Connected { get; } = [];

    /// <inheritdoc/>
    public override bool TryGetMessage(int core, out InterruptMessage message)
    {
        message = new InterruptMessage(0xFEE0_0000 + ((ulong)core << 12), 0xF0);
        return HasMessages;
    }

    /// <inheritdoc/>
    public override bool TryConnect(uint input, bool isActiveLow, int core)
    {
        if (HasInputs)
        {
            Connected.Add((input, core));
        }

        return HasInputs;
    }
}
