using System;
using ToroCosmos.Memory;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>What drivers have of the machine: memory that devices reach, and a way to sleep.</summary>
public sealed class DriverHost
{
    /// <param name="memory">Memory that devices reach.</param>
    /// <param name="sleep">How cores sleep.</param>
    /// <param name="lengths">How long they look for news before they sleep.</param>
    public DriverHost(DmaPool memory, CoreSleep sleep, WaitLengths lengths)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(sleep);
        Memory = memory;
        Sleep = sleep;
        Lengths = lengths;
    }

    /// <summary>Memory that devices reach.</summary>
    public DmaPool Memory { get; }

    /// <summary>How cores sleep.</summary>
    public CoreSleep Sleep { get; }

    /// <summary>How long they look for news before they sleep.</summary>
    public WaitLengths Lengths { get; }

    /// <summary>Which features of queues drivers take where they are offered: all, unless somebody wants to do without.</summary>
    public VirtioFeatures QueueFeatures { get; set; } = (VirtioFeatures)ulong.MaxValue;
}
