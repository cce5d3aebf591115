using System.Linq;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Waiting for a word, functions handed to a core, and the start of cores, in every interleaving.</summary>
public sealed class ProcessorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Who_waits_for_a_word_is_woken_when_it_is_written(int steps)
    {
        using Processors machine = new([1], [1]) { Waiting = new WaitLengths(steps, steps) };
        Sound.Check(machine.ExploreWait(times: 3), nameof(Who_waits_for_a_word_is_woken_when_it_is_written));
    }

    [Fact]
    public void A_word_that_is_written_as_the_time_is_up_is_seen_then_or_later()
    {
        using Processors machine = new([1], [1]);
        Sound.Check(machine.ExploreWait(times: 3, deadline: 1), nameof(A_word_that_is_written_as_the_time_is_up_is_seen_then_or_later));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Functions_run_one_after_the_other_and_what_they_did_is_seen(int steps)
    {
        using Processors machine = new([1], [1]) { Waiting = new WaitLengths(steps, steps) };
        Sound.Check(machine.ExploreMailbox(functions: 3), nameof(Functions_run_one_after_the_other_and_what_they_did_is_seen));
    }

    [Fact]
    public void A_wait_set_has_the_end_of_each_function()
    {
        using Processors machine = new([1], [1]);
        Sound.Check(machine.ExploreIdle(functions: 3), nameof(A_wait_set_has_the_end_of_each_function));
    }

    [Fact]
    public void A_function_that_ends_as_the_time_is_up_has_ended_then_or_later()
    {
        using Processors machine = new([1], [1]) { IsFirstWaitTimed = true };
        Sound.Check(machine.ExploreMailbox(functions: 3), nameof(A_function_that_ends_as_the_time_is_up_has_ended_then_or_later));
    }

    [Fact]
    public void A_processor_is_online_or_parks_however_late_it_rises()
    {
        using Processors machine = new([5], [5]);
        Sound.Check(machine.ExploreStart(), nameof(A_processor_is_online_or_parks_however_late_it_rises));
        Assert.Equal([1, 2], machine.Online.Order());
        Assert.Equal([StartFailureReason.NoAnswer], machine.Failures);
    }

    [Fact]
    public void Two_processors_never_run_as_the_same_core()
    {
        using Processors machine = new([5, 7], [5, 7]);
        Sound.Check(machine.ExploreStart(), nameof(Two_processors_never_run_as_the_same_core));
        Assert.Equal([1, 2, 3], machine.Online.Order());
        Assert.Equal([StartFailureReason.NoAnswer, StartFailureReason.StateTaken], machine.Failures.Order());
    }

    [Fact]
    public void A_processor_that_never_rises_holds_nobody_up()
    {
        using Processors machine = new([5, 7], [7]);
        Sound.Check(machine.ExploreStart(), nameof(A_processor_that_never_rises_holds_nobody_up));
        Assert.Contains(2, machine.Online);
    }

    [Fact]
    public void A_processor_that_rises_twice_runs_once()
    {
        using Processors machine = new([5, 7], [5, 5]);
        Sound.Check(machine.ExploreStart(), nameof(A_processor_that_rises_twice_runs_once));
    }
}
