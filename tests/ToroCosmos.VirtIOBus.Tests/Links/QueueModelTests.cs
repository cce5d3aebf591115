using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>Random command sequences on a queue and on plain lists must agree, command by command.</summary>
public sealed unsafe class QueueModelTests
{
    private const int MessagesPerCase = (2 * 65_536) + 10_000;

    private enum Step
    {
        Send,
        Fill,
        Show,
        Receive,
        GiveBack,
        HoldBuffer,
        EndHoldBuffer,
        FillHeldBuffer,
        HoldMessage,
        EndHoldMessage,
    }

    [Fact]
    public void Any_sequence_of_commands_agrees_with_a_plain_queue_across_two_wraps()
    {
        Gen<Command> command =
            from step in Gen.Frequency(
                (4, Gen.Constant(Step.Send)),
                (3, Gen.Constant(Step.Fill)),
                (5, Gen.Constant(Step.Receive)),
                (3, Gen.Elements(Step.Show, Step.GiveBack)),
                (4, Gen.Elements(Step.HoldBuffer, Step.EndHoldBuffer, Step.FillHeldBuffer, Step.HoldMessage, Step.EndHoldMessage)))
            from times in Gen.Choose(1, 40)
            select new Command(step, times);
        Gen<Case> cases =
            from sizeBits in Gen.Choose(0, 7)
            from commands in Gen.ArrayOf(command).Where(commands => commands.Length > 0)
            from isDeviceAtFault in Gen.Elements(false, true)
            select new Case(1 << sizeBits, commands, isDeviceAtFault);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(12),
            Prop.ForAll(Arb.From(cases, Simpler), Run));
    }

    private static IEnumerable<Case> Simpler(Case sample)
    {
        for (int i = 0; i < sample.Commands.Length && sample.Commands.Length > 1; i++)
        {
            yield return sample with { Commands = [.. sample.Commands.Where((_, at) => at != i)] };
        }
    }

    /// <summary>Repeats the commands, then breaks one side.</summary>
    private static void Run(Case sample)
    {
        using QueuePair pair = new(sample.Size);
        State state = new();
        int idleRounds = 0;
        while (state.Received < MessagesPerCase && idleRounds < 2)
        {
            ulong before = state.Received;
            foreach (Command command in sample.Commands)
            {
                for (int i = 0; i < command.Times; i++)
                {
                    Do(pair, command.Step, state);
                }
            }

            // Commands that only send, or only receive, come to rest; the case then says no more.
            idleRounds = state.Received == before ? idleRounds + 1 : 0;
        }

        Assert.Equal(QueueCondition.Working, pair.Driver->Condition);
        Assert.Equal(QueueCondition.Working, pair.Device->Condition);
        if (sample.IsDeviceAtFault)
        {
            BreakDriver(pair);
        }
        else
        {
            BreakDevice(pair, state);
        }
    }

    private static void Do(QueuePair pair, Step step, State state)
    {
        switch (step)
        {
            case Step.Send or Step.Fill:
                Send(pair, state, isShown: step == Step.Send);
                break;
            case Step.Show:
                pair.Device->Flush();
                state.Publish();
                break;
            case Step.Receive:
                Receive(pair, state);
                break;
            case Step.GiveBack:
                pair.Driver->Flush();
                Require(pair.Device->TryReserve(out _) == (!state.IsBufferHeld && state.Outstanding < pair.Queue.Size), "room given back");
                break;
            case Step.HoldBuffer when pair.Device->TryReserve(out byte* buffer):
                pair.Device->Hold();
                state.IsBufferHeld = true;
                Require(pair.Device->Held == buffer, "the buffer held");
                break;
            case Step.EndHoldBuffer:
                Require(pair.Device->TryEndHold() == state.IsBufferHeld, "the end of a buffer's hold");
                state.IsBufferHeld = false;
                break;
            case Step.FillHeldBuffer when state.IsBufferHeld:
                *(ulong*)pair.Device->Held = state.Sent;
                Require(pair.Device->TryEndHold(), "the end of a buffer's hold");
                state.IsBufferHeld = false;
                Fill(pair, state);
                break;
            case Step.HoldMessage when pair.Driver->TryPeek(out byte* data, out uint bytes):
                pair.Driver->Hold(data, bytes, isElsewhere: bytes % 2 == 0);
                state.IsMessageHeld = true;
                break;
            case Step.EndHoldMessage:
                bool isElsewhere = false;
                Require(!state.IsMessageHeld || (*(ulong*)pair.Driver->Held == state.Shown.Peek() && pair.Driver->HeldBytes == Length(state.Shown.Peek())), "the message held");
                Require(pair.Driver->TryEndHold(out isElsewhere) == state.IsMessageHeld, "the end of a message's hold");
                Require(!state.IsMessageHeld || isElsewhere == (Length(state.Shown.Peek()) % 2 == 0), "where the message held lies");
                state.IsMessageHeld = false;
                break;
        }
    }

    private static void Send(QueuePair pair, State state, bool isShown)
    {
        int size = pair.Queue.Size;
        bool done = pair.Device->TryReserve(out byte* buffer);
        bool mustFit = !state.IsBufferHeld && state.Outstanding <= size - Math.Max(1, size / 4);
        bool mayFit = !state.IsBufferHeld && state.Outstanding < size;
        Require(done ? mayFit : !mustFit, "whether a message is sent");
        if (done)
        {
            *(ulong*)buffer = state.Sent;
            Fill(pair, state);
            if (isShown)
            {
                pair.Device->Publish();
                state.Publish();
            }
        }
    }

    private static void Fill(QueuePair pair, State state)
    {
        pair.Device->Fill(Length(state.Sent));
        state.Kept.Enqueue(state.Sent++);
    }

    private static void Receive(QueuePair pair, State state)
    {
        bool done = pair.Driver->TryPeek(out byte* data, out uint bytes);
        Require(done == (!state.IsMessageHeld && state.Shown.Count > 0), "whether a message is received");
        if (done)
        {
            ulong expected = state.Shown.Dequeue();
            Require(*(ulong*)data == expected && bytes == Length(expected), "which message is received");
            pair.Driver->Release();
            state.Received++;
        }
    }

    /// <summary>A device that has found a fault sends nothing more; what it has shown is received.</summary>
    private static void BreakDevice(QueuePair pair, State state)
    {
        pair.Device->Break(QueueCondition.AvailIndexJump);
        Require(!pair.Device->TryEndHold() && !pair.Device->TryReserve(out _) && !pair.Device->Flush(), "what a broken device does");
        pair.Driver->TryEndHold(out _);
        state.IsMessageHeld = false;
        for (int left = state.Shown.Count; left >= 0; left--)
        {
            Receive(pair, state);
        }
    }

    private static void BreakDriver(QueuePair pair)
    {
        pair.Driver->Break(QueueCondition.UsedIndexJump);
        Require(
            !pair.Driver->TryEndHold(out _) && !pair.Driver->TryPeek(out _, out _) && !pair.Driver->Flush() && !pair.Driver->IsOpen,
            "what a broken driver does");
    }

    private static uint Length(ulong number) => (uint)(8 + (number % 40));

    private static void Require(bool isAsInTheModel, string what)
    {
        if (!isAsInTheModel)
        {
            Assert.Fail($"The model says otherwise: {what}.");
        }
    }

    private sealed class State
    {
        public Queue<ulong> Shown { get; } = new();

        public Queue<ulong> Kept { get; } = new();

        public ulong Sent { get; set; }

        public ulong Received { get; set; }

        public bool IsBufferHeld { get; set; }

        public bool IsMessageHeld { get; set; }

        public int Outstanding => Shown.Count + Kept.Count;

        public void Publish()
        {
            while (Kept.TryDequeue(out ulong message))
            {
                Shown.Enqueue(message);
            }
        }
    }

    private sealed record Command(Step Step, int Times);

    private sealed record Case(int Size, Command[] Commands, bool IsDeviceAtFault)
    {
        public override string ToString() => $"Queue of {Size}, {string.Join(", ", Commands.Select(command => $"{command.Times} × {command.Step}"))}";
    }
}
