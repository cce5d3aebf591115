using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.Tests.Virtio;

/// <summary>Random command sequences on a queue and on a plain list must agree, command by command.</summary>
public sealed unsafe class QueueModelTests
{
    private const int MessagesPerCase = (2 * 65_536) + 10_000;

    [Fact]
    public void Any_sequence_of_commands_agrees_with_a_plain_queue_across_two_wraps()
    {
        Gen<(int, int[])> cases =
            from sizeBits in Gen.Choose(0, 7)
            from commands in Gen.ArrayOf(Gen.Choose(-40, 40)).Where(commands => commands.Length > 0)
            select (1 << sizeBits, commands);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(12),
            Prop.ForAll(cases.ToArbitrary(), sample => Agrees(sample.Item1, sample.Item2)));
    }

    /// <summary>Repeats the commands: so many sends, or minus so many receives, or 0 for a flush.</summary>
    private static bool Agrees(int size, int[] commands)
    {
        using QueuePair pair = new(size);
        Queue<ulong> model = new();
        ulong sent = 0;
        ulong received = 0;
        int idleRounds = 0;
        while (received < MessagesPerCase && idleRounds < 2)
        {
            ulong before = received;
            foreach (int command in commands)
            {
                for (int i = 0; i < command; i++)
                {
                    Send(pair, model, ref sent);
                }

                for (int i = 0; i > command; i--)
                {
                    Receive(pair, model, ref received);
                }

                if (command == 0)
                {
                    pair.Driver->Flush();
                    if (pair.Device->TryReserve(out _) != (model.Count < size))
                    {
                        return false;
                    }
                }
            }

            // Commands that only send, or only receive, come to rest; the case then says no more.
            idleRounds = received == before ? idleRounds + 1 : 0;
        }

        return pair.Driver->Condition == QueueCondition.Working && pair.Device->Condition == QueueCondition.Working;
    }

    private static void Send(QueuePair pair, Queue<ulong> model, ref ulong sent)
    {
        int size = pair.Queue.Size;
        bool done = pair.Device->TryReserve(out byte* buffer);
        bool mustFit = model.Count <= size - Math.Max(1, size / 4);
        bool mayFit = model.Count < size;
        if (done ? !mayFit : mustFit)
        {
            Assert.Fail("A send ended otherwise than the model says.");
        }

        if (done)
        {
            *(ulong*)buffer = sent;
            pair.Device->Commit((uint)(8 + (sent % 40)));
            model.Enqueue(sent++);
        }
    }

    private static void Receive(QueuePair pair, Queue<ulong> model, ref ulong received)
    {
        bool done = pair.Driver->TryPeek(out byte* data, out uint bytes);
        if (done != model.Count > 0)
        {
            Assert.Fail("A receive ended otherwise than the model says.");
        }

        if (done)
        {
            ulong expected = model.Dequeue();
            if (*(ulong*)data != expected || bytes != 8 + (expected % 40))
            {
                Assert.Fail("Another message arrived than the model says.");
            }

            pair.Driver->Release();
            received++;
        }
    }
}
