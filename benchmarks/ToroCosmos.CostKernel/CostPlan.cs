using System.Collections.Generic;

namespace ToroCosmos.CostKernel;

/// <summary>What the calls of the bus cost: here a row is added.</summary>
internal static class CostPlan
{
    private const int Broadcasters = 3;

    /// <summary>One core waits for all others.</summary>
    private const int EndsOfSet = 5;

    // A word, a cache line, and a message that is long enough to be fetched and owned in advance.
    private static readonly int[] s_lengths = [8, 64, 1024];

    public static IEnumerable<Cost> Create()
    {
        const int N = TwoEnds.Messages;
        foreach (int bytes in s_lengths)
        {
            var ends = new TwoEnds(bytes);
            yield return Cost.Of("send", bytes, N, ends.Send, after: ends.Receive);
            yield return Cost.Of("receive", bytes, N, ends.Receive, before: ends.Send);
            yield return Cost.Of("in-place-send", bytes, N, ends.SendInPlace, after: ends.ReceiveInPlace);
            yield return Cost.Of("in-place-receive", bytes, N, ends.ReceiveInPlace, before: ends.SendInPlace);
            yield return Cost.Of("batch-send", bytes, N, ends.SendBatch, after: ends.ReceiveBatch);
            yield return Cost.Of("batch-receive", bytes, N, ends.ReceiveBatch, before: ends.SendBatch);
            var all = new TwoEnds(bytes, Broadcasters);
            yield return Cost.Of("broadcast-to-2", bytes, N, all.Broadcast, after: all.ReceiveBroadcasts);
        }

        yield return Cost.Of("look-at-empty", 0, N, new TwoEnds(8).Look);
        yield return Cost.Of("look-at-2-empty", 0, N, new TwoEnds(8, Broadcasters).LookAtAll);
        var wake = new WakeUp(8);
        yield return new Cost("wake-send", 8, 1, wake.Send);
        yield return new Cost("wake-to-running", 8, 1, wake.Run);
        yield return Cost.Of("look-at-set-of-4", 0, N, new TwoEnds(8, EndsOfSet).LookAtSet);
        yield return new Cost("wake-to-running-set-of-4", 8, 1, new WakeUp(8, EndsOfSet).Run);
    }
}
