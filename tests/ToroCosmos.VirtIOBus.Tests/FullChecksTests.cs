using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A bus with all checks on finds what is written past the protocol.</summary>
public sealed unsafe class FullChecksTests
{
    private const int BufferSize = 64;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[BufferSize];

    public static TheoryData<int> BytesBehindTheBuffer => [.. Enumerable.Range(0, (int)LinkGuard.CanaryBytes)];

    [Theory]
    [MemberData(nameof(BytesBehindTheBuffer))]
    public void A_sender_that_writes_behind_its_room_breaks_the_link(int behind)
    {
        using TestBus test = new(3, _sleep, bufferSize: BufferSize, checks: BusChecks.Full);
        Overrun(test, behind);

        Assert.Equal(BusStatus.BrokenLink, test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(QueueCondition.BufferOverrun, test.Bus.InspectLink(0, 1).ReceiverCondition);
        Assert.Equal(1, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void A_message_in_place_is_checked_too()
    {
        using TestBus test = new(2, _sleep, bufferSize: BufferSize, checks: BusChecks.Full);
        Overrun(test, behind: 0);

        Assert.Equal(BusStatus.BrokenLink, test[1].TryPeekFrom(0, out ReadOnlySpan<byte> message));
        Assert.True(message.IsEmpty);
        Assert.Equal(QueueCondition.BufferOverrun, test.Bus.InspectLink(0, 1).ReceiverCondition);
    }

    [Fact]
    public void Any_sender_is_checked_too_and_the_others_are_received_from()
    {
        using TestBus test = new(3, _sleep, bufferSize: BufferSize, checks: BusChecks.Full);
        Overrun(test, behind: 7);
        Assert.Equal(BusStatus.Ok, test[2].SendTo(1, "x"u8));

        Assert.Equal(1, test[1].ReceiveAny(_buffer, out int core));
        Assert.Equal(2, core);
        Assert.Equal(LinkState.Broken, test.Bus.InspectLink(0, 1).State);
    }

    [Fact]
    public void A_descriptor_that_was_rewritten_breaks_the_link()
    {
        AssertFound(queue => queue.Descriptors[0].Address += 8, QueueCondition.BadDescriptor);
        AssertFound(queue => queue.Descriptors[0].Length = 1, QueueCondition.BadDescriptor);
        AssertFound(queue => queue.Descriptors[0].Flags |= DescriptorFlags.Next, QueueCondition.BadDescriptor);
    }

    [Fact]
    public void An_available_entry_that_was_rewritten_breaks_the_link() =>
        AssertFound(queue => queue.AvailEntries[0] = 3, QueueCondition.UnexpectedAvailEntry);

    [Fact]
    public void Honest_messages_of_every_length_pass_round_and_round()
    {
        using TestBus test = new(2, _sleep, queueSize: 4, bufferSize: BufferSize, checks: BusChecks.Full);
        for (int round = 0; round < 3; round++)
        {
            for (int length = 0; length <= BufferSize; length++)
            {
                byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)(i + round))];
                Assert.Equal(BusStatus.Ok, test[0].SendTo(1, message));
                Assert.Equal(length, test[1].Receive(0, _buffer));
                Assert.Equal(message, _buffer[..length]);
            }
        }

        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void A_bus_without_them_does_not_look_behind_the_buffer()
    {
        using TestBus test = new(2, _sleep, bufferSize: BufferSize);
        Overrun(test, behind: 0);

        Assert.Equal(1, test[1].Receive(0, _buffer));
    }

    private static void Overrun(TestBus test, int behind)
    {
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out Span<byte> room));
        byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room));
        start[test.Links.BufferBytes + (uint)behind] ^= 1;
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1));
    }

    private void AssertFound(Action<VirtqueueMemory> rewrite, QueueCondition expected)
    {
        using TestBus test = new(2, _sleep, bufferSize: BufferSize, checks: BusChecks.Full);
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        rewrite(test.Links.Queue(test.Links.Find(0, 1)));

        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out int length));
        Assert.Equal(0, length);
        Assert.Equal(expected, test.Bus.InspectLink(0, 1).ReceiverCondition);
    }
}
