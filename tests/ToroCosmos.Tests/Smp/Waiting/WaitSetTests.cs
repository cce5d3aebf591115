using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Tests.Smp.Waiting;

public sealed class WaitSetTests
{
    private const ulong MillisecondNs = 1_000_000;

    private readonly StepSleep _sleep = new();

    [Theory]
    [InlineData(-1, 1, "core")]
    [InlineData(0, 0, "capacity")]
    [InlineData(0, -1, "capacity")]
    public void A_set_is_for_a_core_and_holds_something(int core, int capacity, string argument)
    {
        Assert.Equal(argument, Assert.Throws<ArgumentOutOfRangeException>(() => new WaitSet(core, capacity, _sleep, default)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new WaitSet(0, 1, null!, default));
    }

    [Fact]
    public void A_set_takes_each_source_of_its_core_once_and_as_many_as_it_can_hold()
    {
        WaitSet set = new(3, 2, _sleep, default);
        FakeSource first = new(3);
        FakeSource second = new(3);

        Assert.Equal(WaitStatus.NoSuchSource, set.Add(null));
        Assert.Equal(WaitStatus.WrongCore, set.Add(new FakeSource(2)));
        Assert.Equal(WaitStatus.Ok, set.Add(first));
        Assert.Equal(WaitStatus.AlreadyAdded, set.Add(first));
        Assert.Equal(WaitStatus.Ok, set.Add(second));
        Assert.Equal(WaitStatus.AlreadyAdded, set.Add(first));
        Assert.Equal(WaitStatus.Full, set.Add(new FakeSource(3)));
        Assert.Equal((3, 2, 2), (set.Core, set.Count, set.Capacity));
    }

    [Fact]
    public void What_is_taken_out_is_not_waited_for_and_makes_room()
    {
        WaitSet set = Create(2, out FakeSource[] sources);
        sources[0].IsReady = true;

        Assert.Equal(WaitStatus.NoSuchSource, set.Remove(null));
        Assert.Equal(WaitStatus.NotAdded, set.Remove(new FakeSource()));
        Assert.Equal(WaitStatus.Ok, set.Remove(sources[0]));
        Assert.Equal(WaitStatus.NotAdded, set.Remove(sources[0]));
        Assert.Equal(WaitStatus.NoNews, set.TryWait(out _));
        Assert.Equal(1, set.Count);
        Assert.Equal(WaitStatus.Ok, set.Add(sources[0]));
        Assert.Equal(WaitStatus.Ok, set.TryWait(out WaitSource? source));
        Assert.Same(sources[0], source);
    }

    [Fact]
    public void Nothing_to_wait_for_is_said_and_not_waited_for()
    {
        WaitSet set = new(0, 2, _sleep, default);
        FakeSource source = new() { IsIdle = true };
        AssertNothing();
        Assert.Equal(WaitStatus.Ok, set.Add(source));
        AssertNothing();

        // One is enough.
        Assert.Equal(WaitStatus.Ok, set.Add(new FakeSource()));
        Assert.Equal(WaitStatus.NoNews, set.TryWait(out _));

        void AssertNothing()
        {
            Assert.Equal(WaitStatus.NothingToWaitFor, set.Wait(out WaitSource? none));
            Assert.Null(none);
            Assert.Equal(WaitStatus.NothingToWaitFor, set.Wait(MillisecondNs, out none));
            Assert.Null(none);
            Assert.Equal(WaitStatus.NothingToWaitFor, set.TryWait(out none));
            Assert.Null(none);
        }
    }

    [Fact]
    public void Without_news_a_look_says_so_and_a_limit_is_kept()
    {
        WaitSet set = Create(3, out _);
        _sleep.AtSleep = _ => { };

        Assert.Equal(WaitStatus.NoNews, set.TryWait(out WaitSource? source));
        Assert.Null(source);
        Assert.Equal(WaitStatus.TimedOut, set.Wait(0, out source));
        Assert.Null(source);
        Assert.Equal(0, _sleep.Sleeps);
        ulong begin = Clock.Now;
        Assert.Equal(WaitStatus.TimedOut, set.Wait(2 * MillisecondNs, out source));
        Assert.Null(source);
        Assert.True(Clock.Now - begin >= TickMath.FromMicroseconds(2000));
    }

    [Fact]
    public void A_sleep_without_a_limit_has_no_deadline()
    {
        WaitSet set = Create(1, out FakeSource[] sources);
        ulong deadline = 0;
        _sleep.AtSleep = until =>
        {
            deadline = until;
            sources[0].IsReady = true;
        };

        Assert.Equal(WaitStatus.Ok, set.Wait(TimeLimit.None, out _));
        Assert.Equal(ulong.MaxValue, deadline);
    }

    [Fact]
    public void A_core_announces_its_sleep_to_every_source_and_withdraws_it()
    {
        WaitSet set = Create(3, out FakeSource[] sources);
        bool isAnnounced = false;
        _sleep.AtSleep = _ =>
        {
            isAnnounced = sources.All(source => source.IsAnnounced);
            sources[2].IsReady = true;
        };

        Assert.Equal(WaitStatus.Ok, set.Wait(out WaitSource? source));
        Assert.Same(sources[2], source);
        Assert.True(isAnnounced);
        Assert.DoesNotContain(sources, each => each.IsAnnounced);
        Assert.All(sources, each => Assert.Equal((1, 1), (each.Announcements, each.Flushes)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void News_that_comes_as_the_sleep_begins_is_seen_by_the_last_look_at_any_source(int ready)
    {
        WaitSet set = Create(3, out FakeSource[] sources);
        _sleep.AtBegin = () => sources[ready].IsReady = true;

        Assert.Equal(WaitStatus.Ok, set.Wait(out WaitSource? source));
        Assert.Same(sources[ready], source);
        Assert.Equal((0, 1), (_sleep.Sleeps, _sleep.Cancels));
        Assert.DoesNotContain(sources, each => each.IsAnnounced);
    }

    [Fact]
    public void A_sleep_that_ends_without_news_is_begun_again_and_the_announcement_stays()
    {
        WaitSet set = Create(2, out FakeSource[] sources);
        _sleep.AtSleep = _ =>
        {
            Assert.True(sources[1].IsAnnounced);
            sources[0].IsReady = _sleep.Sleeps == 3;
        };

        Assert.Equal(WaitStatus.Ok, set.Wait(out _));
        Assert.Equal(3, _sleep.Sleeps);
        Assert.Equal(1, sources[1].Announcements);
        Assert.False(sources[1].IsAnnounced);
    }

    [Fact]
    public void Who_has_news_is_answered_with_before_another_is_twice()
    {
        WaitSet set = Create(4, out FakeSource[] sources);
        Random random = new(Seed: 1);
        Dictionary<WaitSource, int> passedOver = sources.ToDictionary(source => (WaitSource)source, _ => 0);
        for (int round = 0; round < 10_000; round++)
        {
            foreach (FakeSource source in sources)
            {
                source.IsReady = random.Next(3) > 0;
            }

            bool isReady = sources.Any(source => source.IsReady);
            Assert.Equal(isReady ? WaitStatus.Ok : WaitStatus.NoNews, set.TryWait(out WaitSource? answer));
            foreach (FakeSource source in sources)
            {
                passedOver[source] = source == answer || !source.IsReady ? 0 : passedOver[source] + 1;
                Assert.True(passedOver[source] < sources.Length, "a source was passed over by another one twice");
            }

            Assert.True(answer is null || ((FakeSource)answer).IsReady);
        }
    }

    [Fact]
    public void Turns_stay_when_sources_come_and_go()
    {
        WaitSet set = Create(4, out FakeSource[] sources);
        Array.ForEach(sources, source => source.IsReady = true);

        Assert.Same(sources[0], Next());
        Assert.Same(sources[1], Next());

        // One that had its turn; the next is still the third.
        Assert.Equal(WaitStatus.Ok, set.Remove(sources[0]));
        Assert.Same(sources[2], Next());

        // The one whose turn it is, and last of all: the first is next.
        Assert.Equal(WaitStatus.Ok, set.Remove(sources[3]));
        Assert.Same(sources[1], Next());
        Assert.Equal(WaitStatus.Ok, set.Add(sources[0]));
        Assert.Same(sources[2], Next());
        Assert.Same(sources[0], Next());

        WaitSource? Next()
        {
            Assert.Equal(WaitStatus.Ok, set.TryWait(out WaitSource? source));
            return source;
        }
    }

    [Fact]
    public void A_source_bears_a_number_of_its_user()
    {
        FakeSource source = new();
        Assert.Equal(0, source.Tag);
        source.Tag = 42;
        Assert.Equal(42, source.Tag);
    }

    private WaitSet Create(int count, out FakeSource[] sources)
    {
        WaitSet set = new(0, count, _sleep, new WaitLengths(5, 5));
        sources = [.. Enumerable.Range(0, count).Select(_ => new FakeSource())];
        Assert.All(sources, source => Assert.Equal(WaitStatus.Ok, set.Add(source)));
        return set;
    }
}
