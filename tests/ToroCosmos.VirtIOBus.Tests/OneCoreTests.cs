using System;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>The bus of a machine with one core: it takes no memory and has nobody to talk to, but may be asked.</summary>
public sealed unsafe class OneCoreTests
{
    private readonly byte[] _buffer = new byte[8];

    [Fact]
    public void One_core_has_a_bus_without_links_and_without_memory()
    {
        Assert.Equal((nuint)0, MessageBus.RequiredBytes(1));

        MessageBus bus = new(null, 0, 1, new ScriptedSleep());

        Assert.Equal((1, 0), (bus.Cores, bus.CountBrokenLinks()));
        Assert.Equal(0, bus.Endpoint(0).Core);
        Assert.Throws<ArgumentOutOfRangeException>(() => bus.Endpoint(1));
    }

    [Fact]
    public void Two_cores_need_memory() =>
        Assert.Throws<ArgumentException>(() => new MessageBus(null, MessageBus.RequiredBytes(2), 2, new ScriptedSleep()));

    [Fact]
    public void One_core_initializes_no_queue_and_tells_nobody()
    {
        BusEndpoint alone = Create();

        Assert.Equal(BusStatus.Ok, alone.InitializeQueues((_, _) => Assert.Fail("There is no queue.")));
        Assert.Equal(BusStatus.Ok, alone.Broadcast("x"u8));
        Assert.Equal(BusStatus.Ok, alone.Broadcast("x"u8, timeoutNs: 1));
        Assert.Equal(BusStatus.Ok, alone.TryBroadcast("x"u8));
    }

    [Fact]
    public void One_core_waits_for_nobody()
    {
        BusEndpoint alone = Create();

        Assert.Equal(BusStatus.NoSuchCore, alone.RecvFromAny(_buffer, out int core, out int length));
        Assert.Equal((-1, 0), (core, length));
        Assert.Equal(BusStatus.NoSuchCore, alone.RecvFromAny(_buffer, timeoutNs: 1, out core, out length));
        Assert.Equal(BusStatus.NoSuchCore, alone.TryRecvFromAny(_buffer, out core, out length));
        Assert.Equal(BusStatus.NoSuchCore, alone.SendTo(1, "x"u8));
        Assert.Equal(BusStatus.NoSuchCore, alone.RecvFrom(1, _buffer, out length));
        Assert.Equal(BusStatus.NoSuchCore, alone.SendLargeTo(1, "x"u8, timeoutNs: 1, out BusLoan loan));
        Assert.Equal(BusStatus.NotLent, alone.AwaitReturn(loan));
    }

    private static BusEndpoint Create() => new MessageBus(null, 0, 1, new ScriptedSleep()).Endpoint(0);
}
