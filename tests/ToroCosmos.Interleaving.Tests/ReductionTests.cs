using ToroCosmos.Interleaving.Tests.Exploration;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>
/// What the explorer leaves out makes no difference: where nothing is left out, no core stops anywhere else.
/// </summary>
public sealed class ReductionTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_cores_stop_at_the_same_places() => Compare(Scenario.OneWay(queueSize: 2, messages: 3));

    [Fact]
    public void Cores_that_look_by_their_timer_stop_at_the_same_places() => Compare(
        Scenario.OneWay(queueSize: 2, messages: 3) with { HasLooks = true, Fault = PlantedFault.NotSettled });

    [Fact]
    public void Cores_that_lend_memory_stop_at_the_same_places() => Compare(Transfers.Loans(messages: 3));

    [Fact]
    public void Three_cores_stop_at_the_same_places() => Compare(ThreeCores.Broadcast(sender: 0, queueSize: 2, messages: 1));

    [Fact]
    public void Processors_that_are_started_stop_at_the_same_places() => Compare(
        Start(isReduced: true), Start(isReduced: false));

    private static ExplorationResult Start(bool isReduced)
    {
        using Processors machine = new([5], [5]) { IsReduced = isReduced };
        return machine.ExploreStart();
    }

    private void Compare(Scenario scenario) => Compare(scenario.Explore(), scenario.Explore(isReduced: false));

    private void Compare(ExplorationResult reduced, ExplorationResult full)
    {
        output.WriteLine($"{reduced.States} states for {full.States}, {reduced.Interleavings:0.0E+0} interleavings for {full.Interleavings:0.0E+0}");
        Assert.Null(reduced.Violation);
        Assert.Null(full.Violation);
        Assert.True(reduced.States < full.States);

        // Where cores stop with the reduction, they do without.
        Assert.Equal(full.Stops, reduced.Stops);
    }
}
