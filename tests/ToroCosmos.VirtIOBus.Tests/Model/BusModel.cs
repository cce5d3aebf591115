using System;
using System.Linq;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>
/// Makes the same calls on a bus and on plain queues, and compares. A link may break at any time: what its receiver could
/// see is received, what it could not is not, and every other link goes on as if nothing had been.
/// </summary>
internal sealed unsafe partial class BusModel : IDisposable
{
    // Lent memory is not used again, so that what is read there is what was written for that message.
    private const int LendableBytes = 1 << 18;

    /// <summary>How long a timed call waits, in nanoseconds: no other core can do anything meanwhile.</summary>
    private const ulong Moment = 1;

    private readonly BusCase _case;
    private readonly ScriptedSleep _sleep = new() { AtSleep = FailUnlessTimed };
    private readonly AlignedMemory _memory = new(LendableBytes);
    private readonly TestBus _bus;
    private readonly LinkModel[,] _links;
    private readonly int[] _first;
    private readonly byte[] _buffer;
    private int _lentBytes;
    private byte _content;

    private BusModel(BusCase sample)
    {
        _case = sample;
        _bus = new TestBus(
            sample.Cores,
            _sleep,
            sample.QueueSize,
            sample.BufferSize,
            initialize: false,
            lendable: new LendableStretch(_memory.Start, _memory.Bytes),
            checks: sample.Checks);
        _links = new LinkModel[sample.Cores, sample.Cores];
        for (int i = 0; i < _links.Length; i++)
        {
            _links[i / sample.Cores, i % sample.Cores] = new LinkModel();
        }

        _first = new int[sample.Cores];
        _buffer = new byte[8 * sample.BufferSize];
    }

    /// <summary>Runs a case.</summary>
    /// <returns>How many messages were received.</returns>
    public static int Run(BusCase sample)
    {
        using BusModel model = new(sample);
        foreach (BusCommand command in sample.Commands)
        {
            model.Do(command);
        }

        model.ReceiveTheRest();
        return model._links.Cast<LinkModel>().Sum(link => link.Received.Count);
    }

    public void Dispose()
    {
        _bus.Dispose();
        _memory.Dispose();
    }

    private void Do(BusCommand command)
    {
        BusEndpoint end = _bus[command.Core];
        int peer = command.Peer;
        bool isPeer = peer >= 0 && peer < _case.Cores && peer != command.Core;
        LinkModel? outgoing = isPeer ? _links[command.Core, peer] : null;
        LinkModel? incoming = isPeer ? _links[peer, command.Core] : null;
        switch (command.Action)
        {
            case BusAction.Initialize:
                Initialize(end, peer, incoming);
                break;
            case BusAction.Send:
                Send(end, command, Message(command.Length), outgoing);
                break;
            case BusAction.Batch:
                SendBatch(end, command, outgoing);
                break;
            case BusAction.Broadcast:
                Broadcast(end, command.Form, Message(command.Length));
                break;
            case BusAction.Reserve:
                Reserve(end, command, outgoing);
                break;
            case BusAction.Commit or BusAction.CommitMore:
                Commit(end, peer, Message(command.Length), command.Action == BusAction.CommitMore, outgoing);
                break;
            case BusAction.CancelReserved:
                _ = EndReserved(end.CancelTo(peer), outgoing);
                break;
            case BusAction.Lend:
                Lend(end, command, Message(command.Length * 3), outgoing);
                break;
            case BusAction.SendLarge:
                SendLarge(end, command, Message(command.Length * 3), outgoing);
                break;
            case BusAction.AskForLoans:
                AskForLoans(end, command.Form, outgoing);
                break;
            case BusAction.Receive:
                Receive(end, peer, command.Form, _case.BufferSize * 4, incoming);
                break;
            case BusAction.ReceiveIntoLittle:
                Receive(end, peer, command.Form, command.Length / 2, incoming);
                break;
            case BusAction.ReceiveBatch:
                ReceiveBatch(end, command, incoming);
                break;
            case BusAction.ReceiveAny:
                ReceiveAny(end, command.Form, command.Length * 4);
                break;
            case BusAction.Peek:
                Peek(end, command, incoming);
                break;
            case BusAction.Release:
                Release(end, peer, incoming);
                break;
            case BusAction.CancelPeeked:
                CancelPeeked(end, peer, incoming);
                break;
            default:
                Break(command, outgoing, incoming);
                break;
        }
    }

    private static void Initialize(BusEndpoint end, int peer, LinkModel? link)
    {
        BusStatus expected = link == null ? BusStatus.NoSuchCore : link.IsReceiverGone ? BusStatus.BrokenLink : BusStatus.Ok;
        Assert.Equal(expected, end.InitializeQueueFrom(peer));
        if (link != null)
        {
            link.IsInitialized = true;
        }
    }

    /// <summary>An end finds that the other one is at fault.</summary>
    private void Break(BusCommand command, LinkModel? outgoing, LinkModel? incoming)
    {
        if (command.Action == BusAction.BreakAsSender && outgoing is { IsInitialized: true })
        {
            Link* link = _bus.Links.Find(command.Core, command.Peer);
            link->Sender.Break(QueueCondition.AvailIndexJump);
            link->SenderState = EndState.Broken;
            outgoing.BreakAsSender();
        }
        else if (command.Action == BusAction.BreakAsReceiver && incoming is { IsInitialized: true })
        {
            Link* link = _bus.Links.Find(command.Peer, command.Core);
            link->Receiver.Break(QueueCondition.UsedIndexJump);
            link->ReceiverState = EndState.Broken;
            incoming.BreakAsReceiver();
        }
    }

    /// <summary>The model makes no call that would have to wait for another core.</summary>
    private static void FailUnlessTimed(ulong deadline) => Assert.NotEqual(ulong.MaxValue, deadline);

    private byte[] Message(int length)
    {
        byte[] message = new byte[length];
        Array.Fill(message, ++_content);
        return message;
    }

    private int[] Others(int core) => [.. Enumerable.Range(1, _case.Cores - 1).Select(step => (core + step) % _case.Cores)];

    /// <summary>Who waits shows what it keeps back.</summary>
    private void FlushIfTimedOut(BusEndpoint end, BusStatus status)
    {
        if (status == BusStatus.TimedOut)
        {
            Flush(end.Core);
        }
    }

    /// <summary>The form of a call: what might wait for another core is tried.</summary>
    private static CallForm Form(CallForm wanted, bool isCertainNotToWait) =>
        wanted == CallForm.Blocking && !isCertainNotToWait ? CallForm.Try : wanted;

    /// <summary>What a core does before it waits: nobody must wait for what it keeps back.</summary>
    private void Flush(int core)
    {
        foreach (int other in Others(core))
        {
            _links[core, other].Publish();
        }
    }

    private void ReceiveTheRest()
    {
        for (int receiver = 0; receiver < _case.Cores; receiver++)
        {
            foreach (int sender in Others(receiver))
            {
                LinkModel link = _links[sender, receiver];
                CancelPeeked(_bus[receiver], sender, link);
                for (int left = link.Shown.Count; left >= 0; left--)
                {
                    Receive(_bus[receiver], sender, CallForm.Try, _buffer.Length, link);
                }
            }
        }
    }
}
