#load "failure.cake"
#load "shell.cake"

/// <summary>One run of the model checker: the model's definitions, and whether a fault is planted in them.</summary>
public sealed record ModelRun(string Name, string[] Definitions, bool HasFault);

/// <summary>Checks the model of the bus's link exhaustively with Spin, and that planted faults are found.</summary>
public static class Models
{
    private static readonly ModelRun[] s_runs =
    {
        new("2 slots", new[] { "MESSAGES=18" }, false),
        new("4 slots, room given back one at a time", new[] { "MESSAGES=18", "SIZE=4" }, false),
        new("4 slots, room given back two at a time", new[] { "MESSAGES=18", "SIZE=4", "BATCH=2" }, false),
        new("2 slots, both ways", new[] { "MESSAGES=10", "BOTH_WAYS" }, false),
        new("4 slots, both ways, room given back two at a time", new[] { "MESSAGES=10", "SIZE=4", "BATCH=2", "BOTH_WAYS" }, false),
        new("2 slots, both ways, a look by the timer", new[] { "MESSAGES=10", "BOTH_WAYS", "NO_SETTLING", "LOOKS" }, false),
        new("no wait for the sender's store buffer", new[] { "NO_SETTLING" }, true),
        new("a wait for the sender's store buffer before announcing sleep", new[] { "SETTLE_FIRST" }, true),
        new("no look after the wait for the sender's store buffer", new[] { "NO_LOOK_SETTLED" }, true),
        new("a wake-up that arrives before the stores before it", new[] { "EARLY_WAKE" }, true),
        new("no fence after the room's index", new[] { "NO_FENCE_PUBLISH" }, true),
        new("no fence after announcing sleep", new[] { "NO_FENCE_REQUEST" }, true),
        new("no last look before sleep", new[] { "NO_LAST_LOOK" }, true),
        new("index published before its message", new[] { "EARLY_INDEX" }, true),
        new("a size that is not a power of two", new[] { "SIZE=3", "MESSAGES=10" }, true),
    };

    /// <summary>Runs every model; fails when a sound one has an error or a planted fault goes unnoticed.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="folder">Where the checker is generated and compiled.</param>
    public static void Check(string model, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        int wrong = 0;
        foreach (ModelRun run in s_runs)
        {
            (bool hasError, string states) = Explore(model, folder, run);
            bool right = hasError == run.HasFault;
            wrong += right ? 0 : 1;
            string finding = hasError ? "error found" : "no error";
            Console.WriteLine(
                $"{(right ? "ok    " : "WRONG ")} {(run.HasFault ? "planted: " : "")}{run.Name}: {finding} in {states} states");
        }

        Console.WriteLine($"{s_runs.Length - wrong} passed, {wrong} failed");
        if (wrong > 0)
        {
            throw new BuildFailure(BuildFailure.General, "The model of the bus is not as it should be.");
        }
    }

    private static (bool HasError, string States) Explore(string model, string folder, ModelRun run)
    {
        string[] definitions = run.Definitions.Select(definition => "-D" + definition).ToArray();
        Shell.Capture(folder, "spin", definitions.Prepend("-a").Append(model).ToArray());
        Shell.Capture(folder, "gcc", "-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c");
        string report = Shell.Capture(folder, System.IO.Path.Combine(folder, "pan"), "-m200000");
        var errors = System.Text.RegularExpressions.Regex.Match(report, @"errors: (\d+)");
        var states = System.Text.RegularExpressions.Regex.Match(report, @"(\d+) states, stored");

        // A search that was cut off proves nothing.
        if (!errors.Success || !states.Success || report.Contains("max search depth too small"))
        {
            throw new BuildFailure(BuildFailure.General, $"The model checker did not finish '{run.Name}':\n{report}");
        }

        return (errors.Groups[1].Value != "0", states.Groups[1].Value);
    }
}
