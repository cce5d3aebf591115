using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>Reports in words, for cores that must not allocate.</summary>
[AnyCore]
public static class LinkReportText
{
    /// <summary>
    /// Appends which link it is and how it does: <c>Core[2]->Core[0] is broken: Core[0] found: used index jumped</c>.
    /// </summary>
    /// <param name="line">The line that is put together.</param>
    /// <param name="sender">The core that sends.</param>
    /// <param name="receiver">The core that receives.</param>
    /// <param name="report">What <see cref="MessageBus.InspectLink"/> told of this link.</param>
    /// <returns>The line.</returns>
    public static TextLine AppendLink(this TextLine line, int sender, int receiver, LinkReport report)
    {
        AppendCore(line, sender).AppendText("->");
        AppendCore(line, receiver).AppendText(report.State switch
        {
            LinkState.Ready => " is ready",
            LinkState.NotReady => " is not initialized",
            LinkState.Broken => " is broken",
            LinkState.Closed => " is closed",
            _ => " does not exist",
        });
        AppendFinding(line, sender, report.SenderCondition);
        AppendFinding(line, receiver, report.ReceiverCondition);
        return line;
    }

    private static void AppendFinding(TextLine line, int core, QueueCondition condition)
    {
        if (condition is > QueueCondition.Working and not QueueCondition.Closed)
        {
            AppendCore(line.AppendText(": "), core).AppendText(" found: ").AppendText(condition.Name());
        }
    }

    private static TextLine AppendCore(TextLine line, int core) => line.AppendText("Core[").Append(core).AppendText("]");
}
