using System;

namespace ToroCosmos.Hardware.Tests;

/// <summary>The played machine was turned off.</summary>
/// <param name="debugExit">What was written to the debug exit; null when ACPI did it.</param>
internal sealed class MachineEndedException(uint? debugExit) : Exception
{
    public uint? DebugExit { get; } = debugExit;
}
