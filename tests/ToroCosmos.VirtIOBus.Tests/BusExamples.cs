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

        Status(sender.ReserveTo(1, out Span<byte> room));
        BinaryPrimitives.WriteInt64LittleEndian(room, 42);
        Status(sender.CommitTo(1, sizeof(long)));

        Status(receiver.PeekFrom(0, out ReadOnlySpan<byte> message));
        long answer = BinaryPrimitives.ReadInt64LittleEndian(message);
        Status(receiver.ReleaseFrom(0));

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

        Status(sender.SendBatchTo(1, readings, messageBytes: 8));

        int count = receiver.RecvBatchFrom(0, received, lengths);

        Assert.Equal(3, count);
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
        _sleep.AtSleep = _ => Assert.Equal(4096, test[1].RecvFrom(0, received));

        Status(sender.SendLargeTo(1, picture));

        Status(sender.TryLendTo(1, memory, bytes, out BusLoan loan));
        // ... other work ...
        Status(sender.AwaitReturn(loan, BusEndpoint.NoLimit));
    }

    [Fact]
    public void Any_sender()
    {
        using TestBus test = new(3, _sleep);
        BusEndpoint server = test[0];
        byte[] request = new byte[64];
        test[2].SendTo(0, "request"u8);

        int length = server.RecvFromAny(request, out int client);

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

        Status(sender.ResetTo(1));

        Status(receiver.ResetFrom(0, timeoutNs));

        Status(sender.SendTo(1, "again"u8));
    }

    [Fact]
    public void Cancel()
    {
        using TestBus test = new(2, _sleep);
        MessageBus bus = test.Bus;

        bus.Endpoint(1).Cancel();

        Assert.Equal(-(int)BusStatus.Cancelled, bus.Endpoint(1).RecvFrom(0, []));
    }

    private static void Status(BusStatus status) => Assert.Equal(BusStatus.Ok, status);
}
