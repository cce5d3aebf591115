using System.Collections.Generic;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>What a link must look like from outside: two plain queues, and who holds what.</summary>
internal sealed unsafe class LinkModel
{
    /// <summary>Sent and not received, oldest first.</summary>
    public Queue<byte[]> Shown { get; } = new();

    /// <summary>Committed with more to come; the receiver does not see them.</summary>
    public Queue<byte[]> Kept { get; } = new();

    /// <summary>Loans and the messages that they are for.</summary>
    public List<(BusLoan Loan, byte[] Message)> Lent { get; } = [];

    /// <summary>Messages that were received.</summary>
    public HashSet<byte[]> Received { get; } = [];

    public bool IsInitialized { get; set; }

    /// <summary>The room that is reserved, or null.</summary>
    public byte* Room { get; set; }

    /// <summary>Whether the oldest message is shown in place; then where.</summary>
    public bool IsPeeked { get; set; }

    public byte* Peeked { get; set; }

    /// <summary>The sender has broken the link, or has learnt that the receiver did.</summary>
    public bool IsSenderGone { get; set; }

    /// <summary>The receiver has broken the link, or has learnt that the sender did.</summary>
    public bool IsReceiverGone { get; set; }

    public int Outstanding => Shown.Count + Kept.Count;

    /// <summary>The receiver now sees what was kept back.</summary>
    public void Publish()
    {
        while (!IsSenderGone && Kept.TryDequeue(out byte[]? message))
        {
            Shown.Enqueue(message);
        }
    }

    public void Take()
    {
        Received.Add(Shown.Dequeue());
        IsPeeked = false;
    }

    public void BreakAsSender()
    {
        IsSenderGone = true;
        Room = null;
    }

    public void BreakAsReceiver()
    {
        IsReceiverGone = true;
        IsPeeked = false;
    }
}
