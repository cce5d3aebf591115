using System.Collections.Generic;

namespace BenchmarkRunner.Goals;

/// <summary>The goals of the bus.</summary>
public static class BusGoals
{
    public static readonly IReadOnlyList<Goal> All =
    [
        new("host, queue, 8 B one way", true, 1.3, " × floor", Goal.Ratio("queue-oneway", "host", 8)),
        new("host, bus, 8 B one way", true, 1.3, " × floor", Goal.Ratio("bus-oneway", "host", 8)),
        new("host, queue, 8 B stream", false, 50, " Mmsg/s", Goal.Median("queue-stream", "host", 8, "Mmsg/s")),
        new("host, bus, 8 B stream", false, 50, " Mmsg/s", Goal.Median("bus-stream", "host", 8, "Mmsg/s")),
        new("host, bus, 8 B stream in batches", false, 50, " Mmsg/s", Goal.Median("bus-batch-stream", "host", 8, "Mmsg/s")),
        new("host, queue, 1 KiB one way", true, 2.5, " × floor", Goal.Ratio("queue-oneway", "host", 1024)),
        new("host, bus, 1 KiB one way", true, 2.5, " × floor", Goal.Ratio("bus-oneway", "host", 1024)),
        new("guest, bus, 8 B one way", true, 200, " ns", Goal.Median("bus-oneway", "guest", 8, "ns")),
        new("guest, bus, 8 B one way", true, 3, " × floor", Goal.Ratio("bus-oneway", "guest", 8)),
        new("guest, bus, 8 B one way, beside Open MPI", false, 7, " × faster", Goal.TimesFaster("bus-oneway", "openmpi-oneway", "guest", 8)),
        new("guest, bus, 8 B one way, beside MPICH", false, 7, " × faster", Goal.TimesFaster("bus-oneway", "mpich-oneway", "guest", 8)),
        new("more virtual cores than processors, a hop, a thread each", true, 100_000, " ns", Goal.Median("bus-hop-oversubscribed-multi", "guest", 8, "ns")),
        new("more virtual cores than processors, a hop, one thread", true, 1000, " ns", Goal.Median("bus-hop-oversubscribed-single", "guest", 8, "ns")),
        new("boot by -kernel to the first line", true, 0.25, " s", Goal.Median("boot-kernel-first-line", "guest", 0, "s")),
        new("boot by -kernel to the last pong", true, 0.5, " s", Goal.Median("boot-kernel-last-pong", "guest", 0, "s")),
        new("boot from the ISO to the last pong", true, 1, " s", Goal.Median("boot-iso-last-pong", "guest", 0, "s")),
        new("memory of the smallest machine", true, 32, " MB", Goal.Median("boot-smallest-memory", "guest", 0, "MB")),
    ];
}
