using System.Diagnostics;
using System.Linq;
using ToroCosmos.Smp.Startup;
using Xunit;

namespace ToroCosmos.Tests.Smp.Startup;

public sealed unsafe class CoreStarterTests
{
    [Fact]
    public void Sparse_APIC_ids_get_dense_numbers_in_the_order_of_the_table()
    {
        using var slots = new SharedSlots(1, 2, 4, 5, 6, 0x1000);
        using var processors = new FakeProcessors(slots);

        StartReport report = processors.Start();

        Assert.Equal(7, report.Found);
        Assert.Equal(7, report.Online);
        Assert.Empty(report.Failures);
        Assert.Equal([1u, 2u, 4u, 5u, 6u, 0x1000u], processors.IdsByNumber(report));
        Assert.All(processors.Decided, pair => Assert.True(pair.Value));
        Assert.Equal([1u, 2u, 4u, 5u, 6u, 0x1000u], processors.Inits);
    }

    [Fact]
    public void A_machine_with_one_core_starts_none()
    {
        using var slots = new SharedSlots();
        using var processors = new FakeProcessors(slots);

        StartReport report = processors.Start();

        Assert.Equal(1, report.Found);
        Assert.Equal(1, report.Online);
    }

    [Fact]
    public void A_processor_that_does_not_answer_is_reported_soon_and_the_rest_go_on()
    {
        // 10 ms after INIT and 85 ms for the one that stays silent; twice as long would be a second wait. Other work on the
        // computer makes a start late, but not every one.
        const int MaximumTries = 10;
        double milliseconds = double.MaxValue;
        for (int i = 0; i < MaximumTries && milliseconds > 190; i++)
        {
            using var slots = new SharedSlots(1, 2, 3);
            using var processors = new FakeProcessors(slots) { RisesAt = { [2] = 0 } };

            long begin = Stopwatch.GetTimestamp();
            StartReport report = processors.Start();
            milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;

            Assert.Equal([new StartFailure(2, StartFailureReason.NoAnswer)], report.Failures);
            Assert.Equal([1u, 3u], processors.IdsByNumber(report));
            Assert.True(slots.SlotOfCore[3] == null);
            Assert.Equal(4, report.Found);
            Assert.Equal(2, processors.StartUps.Count(id => id == 2));
        }

        Assert.InRange(milliseconds, 95, 190);
    }

    [Fact]
    public void A_processor_that_answers_only_the_second_start_up_is_online()
    {
        using var slots = new SharedSlots(1);
        using var processors = new FakeProcessors(slots) { RisesAt = { [1] = 2 } };

        Assert.Equal(2, processors.Start().Online);
        Assert.Equal(2, processors.StartUps.Count);
    }

    [Fact]
    public void A_processor_that_rises_after_it_was_given_up_parks()
    {
        using var slots = new SharedSlots(1, 2);
        using var processors = new FakeProcessors(slots) { RisesAt = { [2] = 0 } };
        StartReport report = processors.Start();

        processors.Rise(2);
        processors.WaitForThreads();

        Assert.False(processors.Decided[2]);
        Assert.Equal(2, report.Online);
    }

    [Fact]
    public void A_late_riser_that_takes_the_state_of_another_parks_and_that_one_is_reported()
    {
        using var slots = new SharedSlots(1, 2, 3);
        using var processors = new FakeProcessors(slots) { RisesAt = { [1] = 0 } };
        int prepared = 0;
        processors.Prepared = _ =>
        {
            if (++prepared == 2)
            {
                processors.Rise(1);
                processors.WaitUntilTaken();
            }
        };

        StartReport report = processors.Start();

        Assert.Equal(
            [new StartFailure(1, StartFailureReason.NoAnswer), new StartFailure(2, StartFailureReason.StateTaken)],
            report.Failures);
        Assert.False(processors.Decided[1]);
        Assert.True(processors.Decided[3]);
        Assert.Equal([3u], processors.IdsByNumber(report));
    }

    [Fact]
    public void A_processor_that_is_in_no_table_parks()
    {
        using var slots = new SharedSlots(1);
        using var processors = new FakeProcessors(slots) { RisesAt = { [1] = 0 } };
        processors.Prepared = _ =>
        {
            processors.Rise(77);
            processors.WaitUntilTaken();
        };

        Assert.Equal(1, processors.Start().Online);
        Assert.False(processors.Decided[77]);
    }

    [Fact]
    public void Each_other_failure_has_its_reason()
    {
        using var slots = new SharedSlots(1, 300, 3, 4);
        using var processors = new FakeProcessors(slots) { NotAddressable = { 300 }, Deaf = { 3 }, MemoryFor = 1 };
        using var roomy = new SharedSlots(3, 4);
        using var roomyProcessors = new FakeProcessors(roomy) { Deaf = { 3 } };

        Assert.Equal(
            [
                new StartFailure(300, StartFailureReason.NotAddressable),
                new StartFailure(3, StartFailureReason.NoMemory),
                new StartFailure(4, StartFailureReason.NoMemory),
            ],
            processors.Start().Failures);
        Assert.Equal([new StartFailure(3, StartFailureReason.NotDelivered)], roomyProcessors.Start().Failures);
        Assert.DoesNotContain(300u, processors.Inits);
    }
}
