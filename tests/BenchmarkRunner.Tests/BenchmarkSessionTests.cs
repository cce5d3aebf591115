using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Programs;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class BenchmarkSessionTests
{
    [Fact]
    public async Task Programs_take_turns_in_every_round()
    {
        List<string> runs = [];
        await Session(new FakeProgram("a", runs), new FakeProgram("b", runs)).RunAsync(2, CancellationToken.None);
        Assert.Equal(["a", "b", "a", "b"], runs);
    }

    [Fact]
    public async Task What_never_changes_is_measured_in_the_first_round_only()
    {
        List<string> runs = [];
        await Session(new FakeProgram("once", runs) { RunsOnce = true }, new FakeProgram("b", runs)).RunAsync(2, CancellationToken.None);
        Assert.Equal(["once", "b", "b"], runs);
    }

    [Fact]
    public async Task A_row_has_the_values_of_all_rounds()
    {
        var program = new FakeProgram("a", []);
        BenchmarkSession session = Session(program);
        await session.RunAsync(3, CancellationToken.None);
        Row row = Assert.Single(session.RowsOf(program));
        Assert.Equal((2, 1, 3), (row.Median, row.Min, row.Max));
    }

    [Fact]
    public async Task A_program_that_fails_is_told_once_and_the_others_go_on()
    {
        List<string> runs = [];
        BenchmarkSession session = Session(
            new FakeProgram("bad", runs) { Failure = new BenchmarkException("it hung") }, new FakeProgram("good", runs));
        await session.RunAsync(2, CancellationToken.None);
        Assert.Equal(["bad", "good", "good"], runs);
        Assert.Equal(["bad: it hung"], session.Failures);
        Assert.Empty(session.Lacks);
    }

    [Fact]
    public async Task What_this_computer_lacks_is_no_failure()
    {
        BenchmarkSession session = Session(new FakeProgram("host", []) { Failure = new BenchmarkException("one processor", isLack: true) });
        await session.RunAsync(1, CancellationToken.None);
        Assert.Equal(["host: one processor"], session.Lacks);
        Assert.Empty(session.Failures);
    }

    [Fact]
    public async Task A_program_with_a_row_whose_floor_was_never_quiet_runs_again_until_it_was()
    {
        List<string> runs = [];
        var noisy = new FakeProgram("noisy", runs) { Floors = [(50, 90), (50, 51)] };
        BenchmarkSession session = Session(noisy, new FakeProgram("quiet", runs) { Floors = [(50, 51)] });
        await session.RunAsync(1, CancellationToken.None);
        Assert.Equal(["noisy", "quiet", "noisy"], runs);
        Row row = session.RowsOf(noisy)[1];
        Assert.Equal((2, 1, 2), (row.Values, row.Quiet, row.Median));
    }

    [Fact]
    public async Task A_floor_that_is_never_quiet_ends_the_runs_all_the_same_and_the_row_says_so()
    {
        List<string> runs = [];
        var noisy = new FakeProgram("noisy", runs) { Floors = [(50, 90), (50, 90), (50, 90)] };
        BenchmarkSession session = Session(noisy);
        await session.RunAsync(1, CancellationToken.None);
        Assert.Equal(3, runs.Count);
        Assert.True(session.RowsOf(noisy)[1].IsNeverQuiet);
    }

    [Fact]
    public async Task A_program_that_failed_is_not_run_again_for_its_floor()
    {
        List<string> runs = [];
        var noisy = new FakeProgram("noisy", runs) { Floors = [(50, 90)] };
        BenchmarkSession session = Session(noisy);
        await session.RunAsync(1, CancellationToken.None);
        Assert.Equal(["noisy", "noisy"], runs);
        Assert.Equal(["noisy: there is no other run"], session.Failures);
    }

    private static BenchmarkSession Session(params IBenchmarkProgram[] programs) => new(programs, _ => { });

    private sealed class FakeProgram(string name, List<string> runs) : IBenchmarkProgram
    {
        private int _runs;

        public string Name => name;

        public string Where => "host";

        public bool RunsOnce { get; init; }

        public BenchmarkException? Failure { get; init; }

        /// <summary>The floors before and after the value of each run; none tells no floors.</summary>
        public (double Before, double After)[] Floors { get; init; } = [];

        public Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
        {
            runs.Add(name);
            if (Failure is not null)
            {
                throw Failure;
            }

            Sample sample = new($"{name}-oneway", 2, 8, "ns", ++_runs);
            if (Floors.Length == 0)
            {
                return Task.FromResult<IReadOnlyList<Sample>>([sample]);
            }

            (double before, double after) = _runs <= Floors.Length ? Floors[_runs - 1] : throw new BenchmarkException("there is no other run");
            return Task.FromResult<IReadOnlyList<Sample>>([Floor(before), sample, Floor(after)]);
        }

        private static Sample Floor(double nanoseconds) => new("flag-oneway", 2, 4, "ns", nanoseconds);
    }
}
