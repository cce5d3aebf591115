namespace TestRunner.Machines;

/// <summary>Where the UEFI firmware lies.</summary>
/// <param name="Code">The firmware image.</param>
/// <param name="Variables">
/// The pristine variable store that belongs to it, to be copied for each machine; null when <paramref name="Code"/>
/// holds both.
/// </param>
public sealed record UefiFiles(string Code, string? Variables);
