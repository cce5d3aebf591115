namespace TestRunner.Probing;

/// <summary>Whether something works on this computer.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Works">Whether it works.</param>
/// <param name="Detail">Which one it is, or why it does not work, without a full stop.</param>
public sealed record ProbeFinding(string Kind, string Name, bool Works, string Detail);
