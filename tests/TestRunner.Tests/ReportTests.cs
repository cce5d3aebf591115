using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using TestRunner.KernelTests;
using TestRunner.Reports;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class ReportTests
{
    private static readonly CaseReport[] s_cases =
    [
        new("s", "good", CaseOutcome.Passed, TimeSpan.FromSeconds(1.5)) { Output = ["a <b>", "c"] },
        new("s", "bad", CaseOutcome.Failed, TimeSpan.Zero) { Message = "it's \"wrong\"", Details = ["- x", "+ y"] },
        new("t", "worse # 1", CaseOutcome.Broken, TimeSpan.Zero) { Message = "bell \a\nand line" },
        new("t", "left out", CaseOutcome.Skipped, TimeSpan.Zero) { Message = "no wings" },
    ];

    private static string Text(Action<Stream, CaseReport[]> write)
    {
        using var stream = new MemoryStream();
        write(stream, s_cases);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void Junit_has_suites_cases_counts_and_causes()
    {
        XElement root = XDocument.Parse(Text(JUnitReport.Write)).Root!;

        Assert.Equal("testsuites", root.Name);
        Assert.Equal(("4", "1", "1", "1"), ((string)root.Attribute("tests")!, (string)root.Attribute("failures")!, (string)root.Attribute("errors")!, (string)root.Attribute("skipped")!));
        Assert.Equal(["s", "t"], root.Elements("testsuite").Select(suite => (string)suite.Attribute("name")!));
        XElement[] cases = [.. root.Descendants("testcase")];
        Assert.Equal("1.500", (string)cases[0].Attribute("time")!);
        Assert.Equal("a <b>\nc", cases[0].Element("system-out")!.Value);
        Assert.Equal("it's \"wrong\"", (string)cases[1].Element("failure")!.Attribute("message")!);
        Assert.Equal("- x\n+ y", cases[1].Element("failure")!.Value);
        Assert.Equal("bell ?\nand line", (string)cases[2].Element("error")!.Attribute("message")!);
        Assert.Equal("no wings", (string)cases[3].Element("skipped")!.Attribute("message")!);
    }

    [Fact]
    public void Tap_has_a_plan_points_and_causes() => Assert.Equal(
        """
        TAP version 14
        1..4
        ok 1 - s: good
          ---
          duration_ms: 1500
          ...
        not ok 2 - s: bad
          ---
          duration_ms: 0
          message: 'it''s "wrong"'
          severity: fail
          details:
            - '- x'
            - '+ y'
          ...
        not ok 3 - t: worse \# 1
          ---
          duration_ms: 0
          message: 'bell   and line'
          severity: error
          ...
        ok 4 - t: left out # SKIP no wings
          ---
          duration_ms: 0
          ...

        """,
        Text(TapReport.Write));

    [Fact]
    public void Tests_in_a_kernel_are_cases_before_that_of_the_run()
    {
        var tests = new KernelTestReport
        {
            Results =
            [
                new() { Id = "A.B", Name = "b", Core = "0", Place = "A.cs:3", Outcome = KernelTestOutcome.Passed },
                new() { Id = "A.C", Name = "c", Core = "1", Place = "A.cs:9", Outcome = KernelTestOutcome.Failed, Message = "1\n2" },
            ],
            Problems = [],
        };
        var result = new RunResult(Verdict.Failed, "why", [], new MachineEnd(0, ShutdownCause.PowerOff, ""), TimeSpan.Zero) { Tests = tests };

        CaseReport[] cases = [.. CaseReport.AllOf("k", "machine", result)];

        Assert.Equal([("k: tests", "A.B"), ("k: tests", "A.C"), ("k", "machine")], cases.Select(one => (one.Suite, one.Name)));
        Assert.Equal(["1", "2", "A.cs:9"], cases[1].Details);
        Assert.Equal("why", cases[2].Message);
    }

    [Theory]
    [InlineData(Verdict.Hung)]
    [InlineData(Verdict.Panicked)]
    [InlineData(Verdict.NotStarted)]
    public void A_run_without_a_verdict_on_the_kernel_is_an_error(Verdict verdict) =>
        Assert.Equal(CaseOutcome.Broken, CaseReport.Of("s", "n", new RunResult(verdict, "", [], null, TimeSpan.Zero)).Outcome);
}
