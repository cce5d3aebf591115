using System;
using System.Collections.Generic;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>A device that writes anything anywhere into the queue's memory.</summary>
public sealed class RandomBytesTests
{
    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Random_bytes_in_all_of_the_queue_never_give_a_token_that_is_not_out_or_more_bytes_than_fit(VirtioFeatures features)
    {
        HashSet<QueueFault> faults = [];
        int taken = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            HostileRun run = new(features, random.Next);
            run.Play(commands: 60);
            faults.Add(run.Fault);
            taken += run.Taken;
        }

        // What random bytes meet, so that this shows something.
        Assert.True(taken > 100, $"Only {taken} chains were taken.");
        Assert.Contains(QueueFault.UsedIdNotOutstanding, faults);
        Assert.Contains(QueueFault.UsedLengthTooLong, faults);
    }
}
