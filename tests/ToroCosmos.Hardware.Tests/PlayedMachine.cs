namespace ToroCosmos.Hardware.Tests;

/// <summary>The machine whose ports the product's code uses.</summary>
internal sealed class PlayedMachine
{
    public static PlayedMachine Current { get; set; } = new();

    public PlayedUart Serial { get; init; } = new();

    public bool HasDebugExit { get; init; } = true;
}
