using ToroCosmos.Platform;

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>A table of links and what happened on them, in lines of 79 characters, for cores that must not allocate.</summary>
[AnyCore]
public static class LinkTableText
{
    private const int CoreWidth = 3;
    private const int MessagesWidth = 12;
    private const int BytesWidth = 16;
    private const int CountWidth = 10;

    /// <summary>Appends the names of the columns.</summary>
    public static TextLine AppendLinkHeader(this TextLine line) =>
        line.AppendText("   link     messages           bytes      full     empty    sleeps  wake-ups");

    /// <summary>Appends what happened on a link.</summary>
    /// <param name="line">The line that is put together.</param>
    /// <param name="sender">The core that sends.</param>
    /// <param name="receiver">The core that receives.</param>
    /// <param name="counters">What <see cref="MessageBus.ReadCounters"/> told of this link.</param>
    public static TextLine AppendLinkRow(this TextLine line, int sender, int receiver, LinkCounters counters)
    {
        line.AppendColumn((ulong)sender, CoreWidth).AppendText("->");
        int end = line.Length + CoreWidth;
        line.Append(receiver);
        while (line.Length < end)
        {
            line.Append((byte)' ');
        }

        return AppendCounts(line, counters);
    }

    /// <summary>Appends what happened on all links together.</summary>
    public static TextLine AppendLinkTotal(this TextLine line, LinkCounters counters) =>
        AppendCounts(line.AppendText("  all   "), counters);

    private static TextLine AppendCounts(TextLine line, LinkCounters counters) => line
        .AppendColumn(counters.Messages, MessagesWidth)
        .AppendColumn(counters.Bytes, BytesWidth)
        .AppendColumn(counters.Full, CountWidth)
        .AppendColumn(counters.Empty, CountWidth)
        .AppendColumn(counters.SenderSleeps + counters.ReceiverSleeps, CountWidth)
        .AppendColumn(counters.SenderWakeUps + counters.ReceiverWakeUps, CountWidth);
}
