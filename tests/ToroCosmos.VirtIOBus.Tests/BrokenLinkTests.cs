using System.Text;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>One core does not keep to the protocol; the others go on.</summary>
public sealed unsafe class BrokenLinkTests
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_bad_sender_breaks_its_link_only()
    {
        using TestBus test = new(3, _sleep);
        ScribbleUsedRing(test, sender: 2, receiver: 0);

        Assert.Equal(BusStatus.BrokenLink, test[0].TryRecvFrom(2, _buffer, out int length));
        Assert.Equal(0, length);
        Assert.Equal(BusStatus.BrokenLink, test[0].RecvFrom(2, _buffer, out _));
        Assert.Equal(BusStatus.BrokenLink, test[0].RecvFrom(2, _buffer, timeoutNs: 1, out _));

        Assert.Equal(1, test.Bus.CountBrokenLinks());
        LinkReport report = test.Bus.InspectLink(2, 0);
        Assert.Equal(LinkState.Broken, report.State);
        Assert.Equal(QueueCondition.UsedIndexJump, report.ReceiverCondition);
        Assert.Equal("used index jumped", report.ReceiverCondition.Name());

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
            Assert.Equal(1, test[1].Receive(0, _buffer));
            Assert.Equal(BusStatus.Ok, test[1].TrySendTo(0, "xy"u8));
            Assert.Equal(2, test[0].Receive(1, _buffer));
            Assert.Equal(BusStatus.Ok, test[0].TrySendTo(2, "xyz"u8));
            Assert.Equal(3, test[2].Receive(0, _buffer));
        }
    }

    [Fact]
    public void The_sender_learns_that_the_receiver_broke_the_link()
    {
        using TestBus test = new(2, _sleep, queueSize: 2);
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
        ScribbleUsedRing(test, sender: 0, receiver: 1);

        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal([0], _sleep.Woken);

        Assert.Equal(BusStatus.BrokenLink, test[0].SendTo(1, "x"u8));
        Assert.Equal(QueueCondition.BrokenByPeer, test.Bus.InspectLink(0, 1).SenderCondition);
        Assert.Equal(BusStatus.BrokenLink, test[1].InitializeQueueFrom(0));
    }

    [Fact]
    public void The_receiver_learns_that_the_sender_broke_the_link_after_it_has_all_messages()
    {
        using TestBus test = new(2, _sleep, queueSize: 2);
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "y"u8));
        Link* link = test.Links.Find(0, 1);
        *test.Links.Queue(link).AvailIndex = 0x7000;

        Assert.Equal(BusStatus.BrokenLink, test[0].SendTo(1, "z"u8));
        Assert.Equal([1], _sleep.Woken);
        Assert.Equal(QueueCondition.AvailIndexJump, test.Bus.InspectLink(0, 1).SenderCondition);

        Assert.Equal(1, test[1].Receive(0, _buffer));
        Assert.Equal(1, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.BrokenLink, test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(QueueCondition.BrokenByPeer, test.Bus.InspectLink(0, 1).ReceiverCondition);
        Assert.Equal(1, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void Descriptors_that_point_elsewhere_break_the_link_before_anything_is_written()
    {
        using TestBus test = new(3, _sleep);
        Link* bad = test.Links.Find(0, 1);
        Link* other = test.Links.Find(2, 1);
        test.Links.Queue(bad).Descriptors[0].Address = (nuint)other;

        Assert.Equal(BusStatus.BrokenLink, test[0].SendTo(1, "x"u8));
        Assert.Equal(QueueCondition.BadDescriptor, test.Bus.InspectLink(0, 1).SenderCondition);
        Assert.Equal(BusStatus.Ok, test[2].SendTo(1, "x"u8));
        Assert.Equal(1, test[1].Receive(2, _buffer));
        Assert.Equal(BusStatus.BrokenLink, test[1].RecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_chain_in_place_of_a_buffer_breaks_the_link()
    {
        using TestBus test = new(2, _sleep);
        test.Links.Queue(test.Links.Find(0, 1)).Descriptors[3].Flags |= DescriptorFlags.Next;

        Assert.Equal(BusStatus.BrokenLink, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(QueueCondition.UnexpectedChain, test.Bus.InspectLink(0, 1).SenderCondition);
    }

    [Fact]
    public void A_core_that_waits_is_woken_when_the_link_breaks()
    {
        using TestBus test = new(2, _sleep, queueSize: 2);
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "y"u8));
        _sleep.AtSleep = _ =>
        {
            ScribbleUsedRing(test, sender: 0, receiver: 1);
            Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out int _));
            Assert.Equal([0], _sleep.Woken);
        };

        Assert.Equal(BusStatus.BrokenLink, test[0].SendTo(1, "z"u8));
        Assert.Equal(1, _sleep.Sleeps);
    }

    [Fact]
    public void A_report_names_the_link_its_state_and_who_found_what()
    {
        using TestBus test = new(3, _sleep, initialize: false);
        Assert.Equal("Core[0]->Core[1] is not initialized", Describe(test, 0, 1));
        test[1].InitializeQueues();
        Assert.Equal("Core[0]->Core[1] is ready", Describe(test, 0, 1));
        Assert.Equal("Core[1]->Core[1] does not exist", Describe(test, 1, 1));

        ScribbleUsedRing(test, sender: 2, receiver: 1);
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(2, _buffer, out _));
        Assert.Equal("Core[2]->Core[1] is broken: Core[1] found: used index jumped", Describe(test, 2, 1));

        Assert.Equal(BusStatus.BrokenLink, test[2].TrySendTo(1, "x"u8));
        Assert.Equal(
            "Core[2]->Core[1] is broken: Core[2] found: broken by the peer: Core[1] found: used index jumped",
            Describe(test, 2, 1));
    }

    [Fact]
    public void Every_condition_has_a_name()
    {
        foreach (QueueCondition condition in System.Enum.GetValues<QueueCondition>())
        {
            Assert.NotEqual("unknown", condition.Name());
        }

        Assert.Equal("unknown", ((QueueCondition)99).Name());
    }

    private static string Describe(TestBus test, int sender, int receiver) => Encoding.ASCII.GetString(
        new TextLine().AppendLink(sender, receiver, test.Bus.InspectLink(sender, receiver)).Text);

    private static void ScribbleUsedRing(TestBus test, int sender, int receiver) =>
        *test.Links.Queue(test.Links.Find(sender, receiver)).UsedIndex = 0x4000;
}
