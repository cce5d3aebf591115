using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TestRunner.KernelTests;

/// <summary>
/// Reads the test report out of a kernel's serial line. Lines that are not of the report are left aside; nothing but the
/// run's token, an unbroken sequence and a right checksum makes a line a verdict. docs/kernel-tests.md has the format.
/// </summary>
public sealed class KernelTestParser
{
    /// <summary>The version of the format that is understood.</summary>
    public const int Version = 1;

    private const string PanicPrefix = "PANIC";

    private readonly List<OpenTest> _tests = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<int, int> _nextSequence = [];
    private string? _token;
    private string? _panic;
    private OpenTest? _current;
    private long _announced;
    private int _cores;
    private bool _isListing;
    private bool _isEnded;

    /// <summary>Whether the kernel has said that it is done; what comes after is not part of the report.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>The test that runs, for the display of a run; null between tests.</summary>
    public string? Running => _current is { IsRunning: true } ? _current.Id : null;

    /// <summary>Reads the whole of a run.</summary>
    /// <param name="lines">Every line of the serial line.</param>
    /// <param name="cause">As in <see cref="Finish"/>.</param>
    public static KernelTestReport Parse(IEnumerable<string> lines, string? cause = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var parser = new KernelTestParser();
        foreach (string line in lines)
        {
            parser.Add(line);
        }

        return parser.Finish(cause);
    }

    /// <summary>Reads the next line of the serial line.</summary>
    public void Add(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (_panic is null && line.StartsWith(PanicPrefix, StringComparison.Ordinal))
        {
            _panic = line;
        }

        if (KernelTestFrame.TryFind(line, out KernelTestFrame? frame))
        {
            Take(frame);
        }
        else if (_token is not null && line.Contains(KernelTestFrame.Mark + _token, StringComparison.Ordinal))
        {
            _problems.Add($"a damaged line: \"{line}\"");
        }
    }

    /// <summary>Ends the reading: what is still open has failed.</summary>
    /// <param name="cause">
    /// Why the run ended, where that is known from elsewhere (it hung, the machine was reset), in a sentence without a
    /// full stop. A panic is seen in the lines.
    /// </param>
    public KernelTestReport Finish(string? cause = null)
    {
        if (!_isEnded)
        {
            string why = _panic ?? (string.IsNullOrEmpty(cause) ? "the report breaks off" : cause);
            _problems.Add(_token is null ? $"the kernel announced no tests: {why}" : $"the end of the report is missing: {why}");
            FailOpen(why);
        }

        return new KernelTestReport
        {
            Cores = _cores,
            Results = [.. _tests.Select(test => test.Close())],
            Problems = _problems,
        };
    }

    private void FailOpen(string why)
    {
        string? culprit = Running;
        foreach (OpenTest test in _tests.Where(test => test.Verdict is null))
        {
            test.Fail(test.IsStarted ? why : culprit is null ? $"did not run: {why}" : $"did not run, since {culprit} did not end: {why}");
        }

        // A kernel that ends badly after a listing must not look like a listing.
        foreach (OpenTest test in _tests.Where(test => test.Verdict is KernelTestOutcome.Listed))
        {
            test.Fail(why);
        }
    }

    private void Take(KernelTestFrame frame)
    {
        if (_token is null)
        {
            if (frame is { Verb: "plan", Core: 0, Sequence: 0 })
            {
                _nextSequence[0] = 1;
                Plan(frame);
            }

            return;
        }

        // A frame with another token is some test's print.
        if (frame.Token != _token || !IsNext(frame))
        {
            return;
        }

        if (_isEnded)
        {
            _problems.Add($"a line after the end: {frame.Verb} of core {frame.Core}");
            return;
        }

        switch (frame.Verb)
        {
            case "test":
                Announce(frame);
                break;
            case "start":
                Start(frame);
                break;
            case "failure":
                Failure(frame);
                break;
            case "pass":
                Verdict(frame, KernelTestOutcome.Passed);
                break;
            case "fail":
                Verdict(frame, KernelTestOutcome.Failed);
                break;
            case "skip":
                Verdict(frame, KernelTestOutcome.Skipped);
                break;
            case "end":
                End(frame);
                break;
            default:
                _problems.Add($"a line with an unknown verb: {frame.Verb}");
                break;
        }
    }

    private bool IsNext(KernelTestFrame frame)
    {
        int expected = _nextSequence.GetValueOrDefault(frame.Core);
        if (frame.Sequence < expected)
        {
            _problems.Add($"a repeated line: number {frame.Sequence} of core {frame.Core}");
            return false;
        }

        if (frame.Sequence > expected)
        {
            string lines = frame.Sequence == expected + 1 ? $"line {expected}" : $"lines {expected} to {frame.Sequence - 1}";
            _problems.Add($"lost: {lines} of core {frame.Core}");
        }

        _nextSequence[frame.Core] = frame.Sequence + 1;
        return true;
    }

    private void Plan(KernelTestFrame frame)
    {
        _token = frame.Token;
        _announced = frame.Number("tests") ?? 0;
        _cores = (int)(frame.Number("cores") ?? 0);
        _isListing = frame.Text("mode") == "list";
        if (frame.Number("version") != Version)
        {
            _problems.Add($"the kernel's report has version {frame.Text("version")}; this is for version {Version}");
        }

        if (_announced == 0)
        {
            _problems.Add("the kernel announced no test");
        }
    }

    private void Announce(KernelTestFrame frame)
    {
        if (frame.Number("test") != _tests.Count)
        {
            _problems.Add($"test {frame.Text("test")} was announced out of order");
            // The numbers of those that follow must still find their tests.
            while (frame.Number("test") is { } number && number < _announced && _tests.Count < number)
            {
                string unnamed = string.Create(CultureInfo.InvariantCulture, $"test {_tests.Count}");
                _tests.Add(new OpenTest(new KernelTestResult { Id = unnamed, Name = unnamed, Core = "", Place = "" }));
            }
        }

        var test = new OpenTest(new KernelTestResult
        {
            Id = frame.Text("id") ?? "",
            Name = frame.Text("name") ?? "",
            Core = frame.Text("core") ?? "",
            Place = frame.Text("at") ?? "",
        });
        if (_isListing)
        {
            test.SetVerdict(KernelTestOutcome.Listed);
        }

        _tests.Add(test);
    }

    private void Start(KernelTestFrame frame)
    {
        CloseCurrent();
        if (Find(frame) is { } test)
        {
            if (test.IsStarted || test.Verdict is not null)
            {
                test.Fail("it was started twice");
            }

            test.IsStarted = true;
            _current = test;
        }
    }

    /// <summary>A test that has begun must end before another does.</summary>
    private void CloseCurrent()
    {
        if (_current is { IsRunning: true })
        {
            _current.Fail("its verdict is missing");
            _current.SetVerdict(KernelTestOutcome.Failed);
        }
    }

    private void Failure(KernelTestFrame frame) =>
        Find(frame)?.Add(new KernelTestFailure(frame.Core, frame.Text("at") ?? "", frame.Text("text") ?? ""));

    private void Verdict(KernelTestFrame frame, KernelTestOutcome verdict)
    {
        if (Find(frame) is not { } test)
        {
            return;
        }

        if (test.Verdict is not null)
        {
            test.Fail("it has two verdicts");
            return;
        }

        if (!ReferenceEquals(_current, test))
        {
            CloseCurrent();
        }

        if (!test.IsStarted && verdict != KernelTestOutcome.Skipped)
        {
            test.Fail("its start is missing");
        }

        long shown = frame.Number("shown") ?? 0;
        if (test.FailuresRead != shown)
        {
            test.Fail($"{shown} failures were told, but {test.FailuresRead} arrived");
        }

        if (frame.Number("failures") is { } failures && failures > shown)
        {
            test.Fail($"and {failures - shown} more failures");
        }

        test.Duration = TimeSpan.FromMicroseconds(frame.Number("microseconds") ?? 0);
        test.Reason = frame.Text("reason") ?? "";
        test.SetVerdict(verdict);
    }

    private void End(KernelTestFrame frame)
    {
        _isEnded = true;
        CloseCurrent();
        Compare("announced", _announced, _tests.Count);
        if (!_isListing)
        {
            FailOpen("no word of it arrived");
        }

        Compare("passed", frame.Number("passed"), Count(KernelTestOutcome.Passed));
        Compare("failed", frame.Number("failed"), Count(KernelTestOutcome.Failed));
        Compare("skipped", frame.Number("skipped"), Count(KernelTestOutcome.Skipped));
    }

    private int Count(KernelTestOutcome verdict) => _tests.Count(test => test.Verdict == verdict);

    private void Compare(string what, long? told, int seen)
    {
        if (told != seen)
        {
            _problems.Add($"the kernel told of {told?.ToString(CultureInfo.InvariantCulture) ?? "no number of"} tests {what}, but {seen} arrived");
        }
    }

    private OpenTest? Find(KernelTestFrame frame)
    {
        if (frame.Number("test") is { } number && number < _tests.Count)
        {
            return _tests[(int)number];
        }

        _problems.Add($"a line about a test that was not announced: {frame.Verb} {frame.Text("test")}");
        return null;
    }
}
