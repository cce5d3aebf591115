using ToroCosmos.Hardware;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <summary>Reports in words, for cores that must not allocate.</summary>
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
        AppendCore(line, sender).Append("->"u8);
        AppendCore(line, receiver);
        switch (report.State)
        {
            case LinkState.Ready:
                return line.Append(" is ready"u8);
            case LinkState.NotReady:
                return line.Append(" is not initiated"u8);
            case LinkState.None:
                return line.Append(" does not exist"u8);
        }

        line.Append(" is broken"u8);
        AppendFinding(line, sender, report.SenderCondition);
        AppendFinding(line, receiver, report.ReceiverCondition);
        return line;
    }

    private static void AppendFinding(TextLine line, int core, QueueCondition condition)
    {
        if (condition > QueueCondition.Working)
        {
            AppendCore(line.Append(": "u8), core).Append(" found: "u8);
            foreach (char character in condition.Name())
            {
                line.Append((byte)character);
            }
        }
    }

    private static TextLine AppendCore(TextLine line, int core) => line.Append("Core["u8).Append(core).Append("]"u8);
}
