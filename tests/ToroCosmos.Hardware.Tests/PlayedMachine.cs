using System.Collections.Generic;

namespace ToroCosmos.Hardware.Tests;

/// <summary>The machine whose ports the product's code uses.</summary>
internal sealed class PlayedMachine
{
    public static PlayedMachine Current { get; set; } = new();

    public PlayedUart Serial { get; init; } = new();

    /// <summary>Whether ACPI turns it off.</summary>
    public bool HasAcpi { get; init; } = true;

    /// <summary>The lines on its console.</summary>
    public List<string> Console { get; } = [];

    public bool HasDebugExit { get; init; } = true;
}
