using System;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>
/// The bus with a thread for each core. Messages carry a sequence number, a length that follows from it, and contents
/// that follow from both.
/// </summary>
public sealed class BusThreadTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    public void More_than_200000_messages_arrive_once_whole_and_in_order(int queueSize)
    {
        int messages = queueSize == 64 ? 210_000 : 30_000;
        using TestBus test = new(2, new ThreadSleep(2), queueSize);
        test.RunCores(
            core => SendAll(core, 1, messages),
            core => ReceiveAll(core, 0, messages));
    }

    [Fact]
    public void Two_cores_exchange_200000_messages_in_both_directions_at_once()
    {
        const int Messages = 100_000;
        const int InFlight = 24;
        using TestBus test = new(2, new ThreadSleep(2), queueSize: 32);
        Action<BusEndpoint> exchange = core =>
        {
            int peer = 1 - core.Core;
            byte[] buffer = new byte[64];

            // Fewer in flight than three quarters of the queue: no send can block for ever.
            for (int i = 0; i < Messages + InFlight; i++)
            {
                if (i < Messages)
                {
                    Assert.Equal(BusStatus.Ok, core.SendTo(peer, Message(buffer, i)));
                }

                if (i >= InFlight)
                {
                    AssertMessage(buffer, core.Receive(peer, buffer), i - InFlight);
                }
            }
        };
        test.RunCores(exchange, exchange);
    }

    [Fact]
    public void Four_cores_send_to_each_other_all_at_once()
    {
        const int Cores = 4;
        const int Messages = 3_000;
        using TestBus test = new(Cores, new ThreadSleep(Cores), queueSize: 8, initialize: false);
        Action<BusEndpoint> everyone = core =>
        {
            core.InitializeQueues();
            byte[] buffer = new byte[64];
            for (int i = 0; i < Messages; i++)
            {
                for (int step = 1; step < Cores; step++)
                {
                    Assert.Equal(BusStatus.Ok, core.SendTo((core.Core + step) % Cores, Message(buffer, i)));
                }

                for (int step = 1; step < Cores; step++)
                {
                    AssertMessage(buffer, core.Receive((core.Core + step) % Cores, buffer), i);
                }
            }
        };
        test.RunCores(everyone, everyone, everyone, everyone);
        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void Ping_and_pong_sleep_and_wake_each_other()
    {
        const int Rounds = 3_000;
        ThreadSleep sleep = new(2);
        using TestBus test = new(2, sleep, queueSize: 2);
        test.RunCores(
            core =>
            {
                byte[] buffer = new byte[64];
                for (int i = 0; i < Rounds; i++)
                {
                    Assert.Equal(BusStatus.Ok, core.SendTo(1, Message(buffer, i)));
                    AssertMessage(buffer, core.Receive(1, buffer), i);
                }
            },
            core =>
            {
                byte[] buffer = new byte[64];
                for (int i = 0; i < Rounds; i++)
                {
                    int length = core.Receive(0, buffer);
                    AssertMessage(buffer, length, i);
                    Assert.Equal(BusStatus.Ok, core.SendTo(0, buffer.AsSpan(0, length)));
                }
            });
    }

    [Fact]
    public void A_fast_sender_and_a_slow_receiver_lose_nothing()
    {
        const int Messages = 300;
        ThreadSleep sleep = new(2);
        using TestBus test = new(2, sleep, queueSize: 4);
        test.RunCores(
            core => SendAll(core, 1, Messages),
            core =>
            {
                byte[] buffer = new byte[64];
                for (int i = 0; i < Messages; i++)
                {
                    if (i % 10 == 0)
                    {
                        System.Threading.Thread.Sleep(1);
                    }

                    AssertMessage(buffer, core.Receive(0, buffer), i);
                }
            });
        Assert.True(sleep.Sleeps > 0, "The sender never slept.");
        Assert.True(sleep.WakeUps > 0, "Nobody was woken.");
    }

    [Fact]
    public void A_timed_call_ends_when_the_peer_stops()
    {
        const ulong TimeoutNs = 20_000_000;
        using TestBus test = new(2, new ThreadSleep(2), queueSize: 2);
        test.RunCores(core =>
        {
            byte[] buffer = new byte[64];
            Assert.Equal(BusStatus.TimedOut, core.RecvFrom(1, buffer, TimeoutNs, out _));
            Assert.Equal(BusStatus.Ok, core.SendTo(1, "1"u8, TimeoutNs));
            Assert.Equal(BusStatus.Ok, core.SendTo(1, "2"u8, TimeoutNs));
            Assert.Equal(BusStatus.TimedOut, core.SendTo(1, "3"u8, TimeoutNs));
        });
    }

    [Fact]
    public void Timed_and_trying_calls_exchange_messages_too()
    {
        const int Messages = 2_000;
        using TestBus test = new(2, new ThreadSleep(2), queueSize: 2);
        test.RunCores(
            core =>
            {
                byte[] buffer = new byte[64];
                for (int i = 0; i < Messages; i++)
                {
                    BusStatus status;
                    do
                    {
                        status = core.SendTo(1, Message(buffer, i), timeoutNs: 100_000);
                    }
                    while (status == BusStatus.TimedOut);
                    Assert.Equal(BusStatus.Ok, status);
                }
            },
            core =>
            {
                byte[] buffer = new byte[64];
                for (int i = 0; i < Messages; i++)
                {
                    BusStatus status;
                    int length;
                    do
                    {
                        status = core.RecvFrom(0, buffer, timeoutNs: 100_000, out length);
                    }
                    while (status == BusStatus.TimedOut);
                    Assert.Equal(BusStatus.Ok, status);
                    AssertMessage(buffer, length, i);
                }
            });
    }

    private static void SendAll(BusEndpoint core, int receiver, int messages)
    {
        byte[] buffer = new byte[64];
        for (int i = 0; i < messages; i++)
        {
            BusStatus status = core.SendTo(receiver, Message(buffer, i));
            Assert.Equal(BusStatus.Ok, status);
        }
    }

    private static void ReceiveAll(BusEndpoint core, int sender, int messages)
    {
        byte[] buffer = new byte[64];
        for (int i = 0; i < messages; i++)
        {
            AssertMessage(buffer, core.Receive(sender, buffer), i);
        }
    }

    private static ReadOnlySpan<byte> Message(byte[] buffer, int number)
    {
        int length = 4 + (number % 61);
        BitConverter.TryWriteBytes(buffer, number);
        buffer.AsSpan(4, length - 4).Fill((byte)(number * 31));
        return buffer.AsSpan(0, length);
    }

    private static void AssertMessage(byte[] buffer, int length, int number)
    {
        bool whole = length == 4 + (number % 61) && BitConverter.ToInt32(buffer) == number
            && !buffer.AsSpan(4, length - 4).ContainsAnyExcept((byte)(number * 31));
        Assert.True(whole, $"Message {number} arrived as number {BitConverter.ToInt32(buffer)} with {length} bytes.");
    }
}
