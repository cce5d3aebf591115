using Xunit;

namespace ToroCosmos.Boot.Tests;

public class DemoTranscriptTests
{
    [Fact]
    public void The_rule_gives_the_seed_transcript_of_three_cores() => Assert.Equal(
        [
            "VirtIOBus: Core[1]->Core[0] queue has been initiated",
            "VirtIOBus: Core[2]->Core[0] queue has been initiated",
            "VirtIOBus: Core[0]->Core[1] queue has been initiated",
            "VirtIOBus: Core[2]->Core[1] queue has been initiated",
            "VirtIOBus: Core[0]->Core[2] queue has been initiated",
            "VirtIOBus: Core[1]->Core[2] queue has been initiated",
            "Core[0] -> Core[1]: ping",
            "Core[1] -> Core[0]: pong",
            "Core[0] -> Core[2]: ping",
            "Core[2] -> Core[0]: pong",
        ],
        Profiles.DemoTranscript(3).Lines);
}
