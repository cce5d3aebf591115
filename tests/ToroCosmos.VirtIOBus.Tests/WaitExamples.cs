using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>The examples of docs/waiting.md, which shows these lines.</summary>
public sealed unsafe class WaitExamples
{
    [Fact]
    public void Several_things()
    {
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        ScriptedSleep sleep = new();
        using TestBus test = new(3, sleep);
        BusEndpoint end = test[0];
        CoreSignal alarm = new(0, 0, sleep, memory.Start);
        byte[] request = new byte[64];
        uint alarms = 0;
        int requests = 0;
        test[1].SendTo(0, "one"u8);
        alarm.Set();
        sleep.AtSleep = _ =>
        {
            if (requests == 1)
            {
                test[2].TrySendTo(0, "two"u8);
            }
        };

        WaitSet set = new(core: 0, capacity: 4, sleep, WaitLengths.Default);
        Status(set.Add(end.MessagesFrom(1)));
        Status(set.Add(end.MessagesFrom(2)));
        Status(set.Add(alarm));

        while (set.Wait(timeoutNs: 5_000_000, out WaitSource? source) == WaitStatus.Ok)
        {
            if (source == alarm)
            {
                alarms += alarm.Take();
            }
            else
            {
                int sender = source == end.MessagesFrom(1) ? 1 : 2;
                BusStatus status = end.TryRecvFrom(sender, request, out int length);
                requests += status == BusStatus.Ok ? 1 : 0;
            }
        }

        Assert.Equal((1u, 2), (alarms, requests));
    }

    private static void Status(WaitStatus status) => Assert.Equal(WaitStatus.Ok, status);
}
