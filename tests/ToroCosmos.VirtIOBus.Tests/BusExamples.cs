using System;
using System.Buffers.Binary;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>The examples of docs/bus.md, which shows these lines.</summary>
public sealed unsafe class BusExamples
{
    private readonly ScriptedSleep _sleep = new();

    [Fact]
    public void In_place()
    {
        using TestBus test = new(2, _sleep);
        BusEndpoint sender = test[0];
        BusEndpoint receiver = test[1];

        Check(sender.ReserveTo(1, out Span<byte> room));
        BinaryPrimitives.WriteInt64LittleEndian(room, 42);
        Check(sender.CommitTo(1, sizeof(long)));

        Check(receiver.PeekFrom(0, out ReadOnlySpan<byte> message));
        long answer = BinaryPrimitives.ReadInt64LittleEndian(message);
        Check(receiver.ReleaseFrom(0));

        Assert.Equal(42, answer);
    }

    [Fact]
    public void Many_at_a_time()
    {
        using TestBus test = new(2, _sleep);
        BusEndpoint sender = test[0];
        BusEndpoint receiver = test[1];
        byte[] readings = new byte[24];
        byte[] received = new byte[24];
        int[] lengths = new int[8];

        Check(sender.SendBatchTo(1, readings, messageBytes: 8, out int sent));

        Check(receiver.RecvBatchFrom(0, received, lengths, out int count));

        Assert.Equal((3, 3), (sent, count));
    }

    [Fact]
    public void Large()
    {
        using AlignedMemory lendable = new(4096);
        using TestBus test = new(2, _sleep, lendable: new LendableStretch(lendable.Start, lendable.Bytes));
        BusEndpoint sender = test[0];
        byte[] received = new byte[4096];
        byte* memory = lendable.Start;
        int bytes = (int)lendable.Bytes;
        ReadOnlySpan<byte> picture = new(memory, bytes);
        _sleep.AtSleep = _ => Assert.Equal(4096, test[1].Receive(0, received));

        Check(sender.SendLargeTo(1, picture));

        Check(sender.LendTo(1, memory, bytes, out BusLoan loan));
        // ... other work ...
        Check(sender.AwaitReturn(loan));
    }

    [Fact]
    public void Large_with_a_limit()
    {
        using AlignedMemory lendable = new(4096);
        using TestBus test = new(2, _sleep, lendable: new LendableStretch(lendable.Start, lendable.Bytes));
        BusEndpoint sender = test[0];
        ReadOnlySpan<byte> picture = new(lendable.Start, (int)lendable.Bytes);
        const ulong Millisecond = 1_000_000;
        _sleep.AtSleep = _ => test[1].TryRecvFrom(0, new byte[4096], out int _);

        BusStatus status = sender.SendLargeTo(1, picture, Millisecond, out BusLoan loan);
        while (status == BusStatus.StillLent)
        {
            // ... what the other core may be waiting for ...
            status = sender.AwaitReturn(loan, Millisecond);
        }

        Check(status);
    }

    [Fact]
    public void Any_sender()
    {
        using TestBus test = new(3, _sleep);
        BusEndpoint server = test[0];
        byte[] request = new byte[64];
        test[2].SendTo(0, "request"u8);

        Check(server.RecvFromAny(request, out int client, out int length));

        Assert.Equal((7, 2), (length, client));
    }

    [Fact]
    public void Reset()
    {
        using TestBus test = new(2, _sleep);
        BusEndpoint sender = test[0];
        BusEndpoint receiver = test[1];
        const ulong timeoutNs = 1000;
        *test.Links.Queue(test.Links.Find(0, 1)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, receiver.TryRecvFrom(0, [], out _));

        Check(sender.ResetTo(1));

        Check(receiver.ResetFrom(0, timeoutNs));

        Check(sender.SendTo(1, "again"u8));
    }

    [Fact]
    public void Cancel()
    {
        using TestBus test = new(2, _sleep);
        MessageBus bus = test.Bus;

        bus.Endpoint(1).Cancel();

        Assert.Equal(BusStatus.Cancelled, bus.Endpoint(1).RecvFrom(0, [], out _));
    }

    private static void Check(BusStatus status) => Assert.Equal(BusStatus.Ok, status);
}
