#load "failure.cake"
#load "shell.cake"

/// <summary>Runs the test projects and counts what they report.</summary>
public sealed class TestRun
{
    private static readonly System.Xml.Linq.XNamespace s_trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly string _configuration;
    private readonly string _filter;
    private readonly string _results;

    public TestRun(string configuration, string filter, string results)
    {
        _configuration = configuration;
        _filter = filter;
        _results = results;
    }

    public int Passed { get; private set; }
    public int Failed { get; private set; }
    public int Skipped { get; private set; }

    /// <summary>What went wrong, a line each.</summary>
    public List<string> Problems { get; } = new();

    public bool Succeeded => Failed == 0 && Passed > 0;

    /// <summary>The line that Test ends with.</summary>
    public string Totals => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");

    /// <summary>Runs the tests of a project that is built.</summary>
    public void Run(string project)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(project);
        string report = System.IO.Path.Combine(_results, name + ".trx");
        Console.WriteLine();
        Console.WriteLine($"--- {name}");

        List<string> arguments = new()
        {
            "test", project, "--configuration", _configuration, "--no-build", "--nologo",
            "--results-directory", _results,
            "--logger", $"trx;LogFileName={name}.trx",
            "--logger", "console;verbosity=normal",
            // A test that hangs must not hang the build.
            "--blame-hang-timeout", "15m", "--blame-hang-dump-type", "none",
        };
        if (_filter.Length > 0)
        {
            arguments.AddRange(new[] { "--filter", _filter });
        }

        int status = Shell.Status("dotnet", arguments.ToArray());
        int ran = System.IO.File.Exists(report) ? Count(name, report, status) : 0;

        // A project whose run broke off reports no failed test, or no report at all. It is a failure all the same.
        bool brokeOff = status != 0 && ran >= 0 && !Problems.Any(problem => problem.StartsWith(name + ": "));
        if (brokeOff)
        {
            AddFailure($"{name}: the test run broke off (status {status})");
        }
        else if (ran == 0 && status == 0 && _filter.Length == 0)
        {
            AddFailure($"{name}: no test ran");
        }
    }

    private int Count(string name, string report, int status)
    {
        var root = System.Xml.Linq.XDocument.Load(report).Root;
        var outcomes = root.Descendants(s_trx + "UnitTestResult")
            .Select(result => (Name: (string)result.Attribute("testName"), Outcome: (string)result.Attribute("outcome")))
            .ToList();
        foreach (var (test, outcome) in outcomes)
        {
            switch (outcome)
            {
                case "Passed":
                    Passed++;
                    break;
                case "NotExecuted":
                    Skipped++;
                    break;
                default:
                    AddFailure($"{name}: {test}");
                    break;
            }
        }

        bool aborted = root.Descendants(s_trx + "RunInfo")
            .Any(info => (string)info.Attribute("outcome") == "Error" && info.Value.Contains("abort", StringComparison.OrdinalIgnoreCase));
        if (aborted && status != 0)
        {
            AddFailure($"{name}: the test run broke off (status {status})");
        }

        return outcomes.Count;
    }

    private void AddFailure(string problem)
    {
        Failed++;
        Problems.Add(problem);
    }
}
