#load "failure.cake"
#load "shell.cake"

/// <summary>One run of the model checker: the model's definitions, and whether a fault is planted in them.</summary>
public sealed record ModelRun(string Name, string[] Definitions, bool HasFault);

/// <summary>Checks models exhaustively with Spin, and that planted faults are found.</summary>
public static class Models
{
    private static readonly ModelRun[] s_linkRuns =
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

    private static readonly ModelRun[] s_waitSetRuns =
    {
        new("a wait set, every source", new string[0], false),
        new("a wait set, two links", new[] { "SENT_1=3", "SENT_2=3", "SIGNALS=0", "INTERRUPTS=0" }, false),
        new("a wait set, signals and interrupts", new[] { "SENT_1=0", "SENT_2=0", "SIGNALS=3", "INTERRUPTS=3" }, false),
        new("a wait set, with a limit", new[] { "LIMIT=1", "SENT_1=2", "INTERRUPTS=0" }, false),
        new("a wait set, announcements not withdrawn", new[] { "NOT_WITHDRAWN" }, false),
        new("a wait set, no wait for the senders' store buffers", new[] { "NO_SETTLING" }, true),
        new("a wait set, sleep announced after the last look", new[] { "LATE_ANNOUNCEMENT" }, true),
        new("a wait set, sleep not announced to the first link", new[] { "NOT_ANNOUNCED=0" }, true),
        new("a wait set, sleep not announced to the second link", new[] { "NOT_ANNOUNCED=1", "SIGNALS=0" }, true),
        new("a wait set, sleep not announced to the signal", new[] { "NOT_ANNOUNCED=2" }, true),
        new("a wait set, no fence after announcing sleep", new[] { "NO_FENCE_REQUEST" }, true),
        new("a wait set, no fence after setting a signal", new[] { "NO_FENCE_SET" }, true),
        new("a wait set, no last look at the first link", new[] { "NO_LAST_LOOK=0" }, true),
        new("a wait set, no last look at the second link", new[] { "NO_LAST_LOOK=1", "SIGNALS=0" }, true),
        new("a wait set, no last look at the signal", new[] { "NO_LAST_LOOK=2" }, true),
        new("a wait set, no last look at the interrupt's signal", new[] { "NO_LAST_LOOK=3" }, true),
        new("a wait set, a signal is taken by two looks", new[] { "TAKEN_TWICE", "SIGNALS=2" }, true),
        new("a wait set, what is kept back stays back", new[] { "NO_FLUSH", "SENT_1=2" }, true),
        new("a wait set, interrupts between the last look and the halt", new[] { "NO_DISABLE" }, true),
    };

    /// <summary>Runs every model; fails when a sound one has an error or a planted fault goes unnoticed.</summary>
    /// <param name="models">Where the models are.</param>
    /// <param name="folder">Where the checkers are generated and compiled.</param>
    public static void Check(string models, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        int wrong = Check(System.IO.Path.Combine(models, "link.pml"), folder, s_linkRuns)
            + Check(System.IO.Path.Combine(models, "waitset.pml"), folder, s_waitSetRuns);
        Console.WriteLine($"{s_linkRuns.Length + s_waitSetRuns.Length - wrong} passed, {wrong} failed");
        if (wrong > 0)
        {
            throw new BuildFailure(BuildFailure.General, "The models are not as they should be.");
        }
    }

    private static int Check(string model, string folder, ModelRun[] runs)
    {
        int wrong = 0;
        foreach (ModelRun run in runs)
        {
            (bool hasError, string states) = Explore(model, folder, run);
            bool right = hasError == run.HasFault;
            wrong += right ? 0 : 1;
            string finding = hasError ? "error found" : "no error";
            Console.WriteLine(
                $"{(right ? "ok    " : "WRONG ")} {(run.HasFault ? "planted: " : "")}{run.Name}: {finding} in {states} states");
        }

        return wrong;
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
