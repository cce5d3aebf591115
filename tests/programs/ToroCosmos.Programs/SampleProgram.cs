using System;

namespace ToroCosmos.Programs;

/// <summary>A small ordinary program that is named by the feature it uses and says what it found.</summary>
/// <param name="Id">Its group and its own name, as <c>Strings.Split</c>.</param>
/// <param name="Body">What it does; its result is the answer.</param>
public sealed record SampleProgram(string Id, Func<string> Body)
{
    /// <summary>The exception with which a kernel refuses it, as far as its text is known; null for what a kernel must do.</summary>
    public string? Refused { get; init; }

    /// <summary>Runs it. An exception that escapes is an answer too.</summary>
    public string Run()
    {
        try
        {
            return Body();
        }
        catch (TypeInitializationException exception) when (exception.InnerException is { } inner)
        {
            return $"threw {nameof(TypeInitializationException)} of {inner.GetType().Name}: {inner.Message}";
        }
        catch (Exception exception)
        {
            return $"threw {exception.GetType().Name}: {exception.Message}";
        }
    }
}
