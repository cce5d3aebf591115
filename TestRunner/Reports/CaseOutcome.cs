namespace TestRunner.Reports;

/// <summary>What became of a case, in the terms that JUnit and TAP share.</summary>
public enum CaseOutcome
{
    /// <summary>It did what was expected.</summary>
    Passed,

    /// <summary>It did something else.</summary>
    Failed,

    /// <summary>It could not be judged: the machine hung, panicked or did not start.</summary>
    Broken,

    /// <summary>It was left out, for a reason.</summary>
    Skipped,
}
