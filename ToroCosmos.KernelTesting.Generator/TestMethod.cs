namespace ToroCosmos.KernelTesting.Generator;

/// <summary>A method with the attribute, as the generator needs it. Equal values give equal code.</summary>
internal sealed record TestMethod
{
    /// <summary>Class and method, joined by a dot.</summary>
    public string Id { get; init; } = "";

    /// <summary>The method with all that it is in, to be written in code.</summary>
    public string Reference { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Whether it takes the number of its core.</summary>
    public bool TakesCore { get; init; }

    /// <summary>The value of the attribute's <c>On</c>, or that of one core.</summary>
    public int On { get; init; }

    public int Core { get; init; }

    public int MinimumCores { get; init; } = 1;

    public string? Skip { get; init; }

    public SourcePlace Place { get; init; } = null!;

    /// <summary>Why it cannot be registered; null when it can.</summary>
    public TestDefect? Defect { get; init; }
}
