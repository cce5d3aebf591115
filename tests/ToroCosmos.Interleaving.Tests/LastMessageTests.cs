using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>What was done before an end broke its link counts, whenever the other end learns that it did.</summary>
public sealed unsafe class LastMessageTests
{
    [Fact]
    public void A_message_that_was_sent_before_the_sender_broke_the_link_is_received() => Sound.Check(new Scenario
    {
        QueueSize = 2,
        Prepare = memory =>
        {
            // One room is seen before the index goes wrong.
            Message.Send(memory.Bus.Endpoint(0), 1, 0);
            Message.Receive(memory.Bus.Endpoint(1), 0, 0);
            *Queue(memory).AvailIndex += 0x4000;
        },
        Core0 = new CoreProgram(2, (end, step) =>
        {
            // The second is sent, and the link not broken, when the receiver has put the index right by then.
            BusStatus status = Message.TrySend(end, 1, step, timeoutNs: 0);
            Assert.True(step == 1 || status == BusStatus.Ok, status.ToString());
        }),
        Core1 = new CoreProgram(1, (end, _) => Message.Receive(end, 0, 0)),
    });

    [Fact]
    public void Memory_that_was_given_back_before_the_receiver_broke_the_link_is_returned()
    {
        byte* memory = null;
        Sound.Check(new Scenario
        {
            QueueSize = 2,
            Prepare = bus =>
            {
                memory = bus.Lent;
                Queue(bus).UsedElements[1].Id = 77;
            },
            Core0 = new CoreProgram(1, (end, _) =>
            {
                Message.Make(memory, 0);
                Assert.Equal(BusStatus.Ok, end.TryLendTo(1, memory, Message.BytesOf(0), out BusLoan loan));
                Message.Send(end, 1, 1);
                Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan));
            }),
            Core1 = new CoreProgram(2, (end, step) =>
            {
                if (step == 0)
                {
                    Message.Receive(end, 0, 0);
                }
                else
                {
                    Assert.Equal(BusStatus.BrokenLink, Message.TryReceive(end, 0, 1, TimeLimit.None));
                }
            }),
        });
    }

    private static VirtqueueMemory Queue(BusMemory memory) => memory.Links.Queue(memory.Links.Find(0, 1));
}
