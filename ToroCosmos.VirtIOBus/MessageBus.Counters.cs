using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <content>The table of all links on the console.</content>
public sealed unsafe partial class MessageBus
{
    /// <summary>
    /// Prints a table of what happened on each link: messages, bytes, how often the sender found it full and the receiver
    /// waited, and sleeps and wake-ups of both. Below a link that does not work, or that saw violations or resets, a line
    /// says so. Links on which nothing happened are left out. Any core may ask, also while others send and receive.
    /// </summary>
    /// <param name="line">A line of at least 80 characters of the calling core; what is in it is lost.</param>
    [AnyCore]
    public void PrintLinks(TextLine line)
    {
        line.Clear();
        WriteLinks(line, &Print);
    }

    /// <summary>As <see cref="PrintLinks"/>, to whoever takes the lines and clears them.</summary>
    internal void WriteLinks(TextLine line, delegate*<TextLine, void> write)
    {
        write(line.AppendLinkHeader());
        LinkCounters total = default;
        for (int sender = 0; sender < Cores; sender++)
        {
            for (int receiver = 0; receiver < Cores; receiver++)
            {
                LinkCounters counters = ReadCounters(sender, receiver);
                LinkReport report = InspectLink(sender, receiver);
                bool isSound = report.State is LinkState.None or LinkState.Ready or LinkState.NotReady;
                if (isSound && counters.IsIdle)
                {
                    continue;
                }

                total = total.Plus(counters);
                write(line.AppendLinkRow(sender, receiver, counters));
                if (!isSound || (counters.Violations | counters.Resets) != 0)
                {
                    WriteTroubles(line, write, sender, receiver, report, counters);
                }
            }
        }

        write(line.AppendLinkTotal(total));
    }

    private static void Print(TextLine line) => line.Print();

    private void WriteTroubles(
        TextLine line, delegate*<TextLine, void> write, int sender, int receiver, LinkReport report, LinkCounters counters)
    {
        write(line.AppendText("     ").AppendLink(sender, receiver, report));
        if (counters.Resets != 0)
        {
            write(line.AppendText("     resets: ").Append(counters.Resets));
        }

        for (QueueCondition kind = QueueCondition.Working; kind < QueueCondition.BrokenByPeer; kind++)
        {
            long count = CountViolations(sender, receiver, kind);
            if (count != 0)
            {
                write(line.AppendText("     ").AppendText(kind.Name()).AppendText(": ").Append(count));
            }
        }
    }
}
