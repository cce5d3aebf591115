using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Random commands between three cores must end as the same commands on plain queues.</summary>
public sealed class BusModelTests
{
    private const int Cores = 3;

    private enum Action
    {
        Send,
        Receive,
        ReceiveIntoLittle,
        ReceiveTimed,
        Initialize,
    }

    [Theory]
    [InlineData(16, BusChecks.Standard)]
    [InlineData(16, BusChecks.Full)]
    [InlineData(512, BusChecks.Standard)]
    public void Any_commands_between_three_cores_end_as_on_plain_queues(int bufferSize, BusChecks checks)
    {
        Gen<Command> command =
            from action in Gen.Frequency(
                (6, Gen.Constant(Action.Send)),
                (4, Gen.Constant(Action.Receive)),
                (1, Gen.Constant(Action.ReceiveIntoLittle)),
                (1, Gen.Constant(Action.ReceiveTimed)),
                (1, Gen.Constant(Action.Initialize)))
            from core in Gen.Choose(0, Cores - 1)
            from peer in Gen.Choose(-1, Cores)
            from length in Gen.Choose(0, bufferSize + 4)
            select new Command(action, core, peer, length);
        Gen<(int, Command[])> cases =
            from sizeBits in Gen.Choose(1, 4)
            from commands in Gen.Resize(Gen.ArrayOf(command), 400)
            select (1 << sizeBits, commands);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(cases.ToArbitrary(), sample => Run(bufferSize, checks, sample.Item1, sample.Item2)));
    }

    private static void Run(int bufferSize, BusChecks checks, int queueSize, Command[] commands)
    {
        using TestBus test = new(Cores, new ScriptedSleep(), queueSize, bufferSize, initialize: false, checks: checks);
        Dictionary<(int Sender, int Receiver), Queue<byte[]>> model = [];
        byte counter = 0;
        foreach (Command command in commands)
        {
            bool isPeer = command.Peer is >= 0 and < Cores && command.Peer != command.Core;
            BusEndpoint core = test[command.Core];
            if (command.Action == Action.Initialize)
            {
                Assert.Equal(isPeer ? BusStatus.Ok : BusStatus.NoSuchCore, core.InitializeQueueFrom(command.Peer));
                if (isPeer)
                {
                    model.TryAdd((command.Peer, command.Core), new Queue<byte[]>());
                }
            }
            else if (command.Action == Action.Send)
            {
                byte[] message = new byte[command.Length];
                Array.Fill(message, ++counter);
                model.TryGetValue((command.Core, command.Peer), out Queue<byte[]>? queue);
                Send(bufferSize, core, command.Peer, message, isPeer, queue, queueSize);
            }
            else
            {
                model.TryGetValue((command.Peer, command.Core), out Queue<byte[]>? queue);
                Receive(bufferSize, core, command, isPeer, queue);
            }
        }

        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    private static void Send(int bufferSize, BusEndpoint core, int peer, byte[] message, bool isPeer, Queue<byte[]>? queue, int queueSize)
    {
        BusStatus status = core.TrySendTo(peer, message);
        if (!isPeer)
        {
            Assert.Equal(BusStatus.NoSuchCore, status);
        }
        else if (message.Length > bufferSize)
        {
            Assert.Equal(BusStatus.TooLong, status);
        }
        else if (queue == null || queue.Count == queueSize)
        {
            Assert.Equal(BusStatus.Full, status);
        }
        else if (queue.Count <= queueSize - Math.Max(1, queueSize / 4))
        {
            Assert.Equal(BusStatus.Ok, status);
        }

        if (status == BusStatus.Ok)
        {
            queue!.Enqueue(message);
        }
    }

    private static void Receive(int bufferSize, BusEndpoint core, Command command, bool isPeer, Queue<byte[]>? queue)
    {
        byte[] buffer = new byte[command.Action == Action.ReceiveIntoLittle ? command.Length / 2 : bufferSize];
        BusStatus empty = command.Action == Action.ReceiveTimed ? BusStatus.TimedOut : BusStatus.Empty;
        BusStatus status = command.Action == Action.ReceiveTimed
            ? core.RecvFrom(command.Peer, buffer, timeoutNs: 0, out int length)
            : core.TryRecvFrom(command.Peer, buffer, out length);
        if (!isPeer)
        {
            Assert.Equal((BusStatus.NoSuchCore, 0), (status, length));
        }
        else if (queue == null)
        {
            Assert.Equal((BusStatus.BrokenLink, 0), (status, length));
        }
        else if (queue.Count == 0)
        {
            Assert.Equal((empty, 0), (status, length));
        }
        else if (queue.Peek().Length > buffer.Length)
        {
            Assert.Equal((BusStatus.TooLong, queue.Peek().Length), (status, length));
        }
        else
        {
            byte[] expected = queue.Dequeue();
            Assert.Equal((BusStatus.Ok, expected.Length), (status, length));
            Assert.Equal(expected, buffer[..length]);
        }
    }

    private sealed record Command(Action Action, int Core, int Peer, int Length);
}
