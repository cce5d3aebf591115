using System.Collections.Generic;
using TestRunner.Runs;

namespace ToroCosmos.Boot.Tests;

/// <summary>
/// What the demo prints, by the rule of its documentation: every receiver in order, its senders in order; then each
/// other core pings and is answered. Written apart from the demo, so that the two check each other.
/// </summary>
internal static class DemoTranscript
{
    public static Transcript For(int cores)
    {
        List<string> lines = [];
        for (int receiver = 0; receiver < cores; receiver++)
        {
            for (int sender = 0; sender < cores; sender++)
            {
                if (sender != receiver)
                {
                    lines.Add($"VirtIOBus: Core[{sender}]->Core[{receiver}] queue has been initiated");
                }
            }
        }

        for (int core = 1; core < cores; core++)
        {
            lines.Add($"Core[0] -> Core[{core}]: ping");
            lines.Add($"Core[{core}] -> Core[0]: pong");
        }

        return new Transcript(lines);
    }
}
