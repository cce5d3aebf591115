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

    private static BenchmarkSession Session(params IBenchmarkProgram[] programs) => new(programs, _ => { });

    private sealed class FakeProgram(string name, List<string> runs) : IBenchmarkProgram
    {
        private int _runs;

        public string Name => name;

        public string Where => "host";

        public bool RunsOnce { get; init; }

        public BenchmarkException? Failure { get; init; }

        public Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
        {
            runs.Add(name);
            return Failure is null
                ? Task.FromResult<IReadOnlyList<Sample>>([new Sample($"{name}-oneway", 2, 8, "ns", ++_runs)])
                : throw Failure;
        }
    }
}
