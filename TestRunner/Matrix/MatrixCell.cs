using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using TestRunner.Machines;

namespace TestRunner.Matrix;

/// <summary>One machine of a matrix, as it is written. What is left out is as in the command <c>run</c>.</summary>
public sealed record MatrixCell
{
    /// <summary>Its name, unique in the file.</summary>
    public required string Name { get; init; }

    /// <summary>Why it exists, in a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Whether it belongs to the short selection.</summary>
    [JsonPropertyName("short")]
    public bool IsShort { get; init; }

    /// <summary>The name of the kernel.</summary>
    public required string Image { get; init; }

    public int? Cores { get; init; }

    public int? Memory { get; init; }

    public MachineType Machine { get; init; }

    public Topology? Topology { get; init; }

    public string? Cpu { get; init; }

    public AcceleratorChoice Accel { get; init; }

    public FirmwareKind Firmware { get; init; }

    public AcpiChoice Acpi { get; init; }

    public HypervisorKind Hypervisor { get; init; }

    public IReadOnlyList<string> Device { get; init; } = [];

    public string Append { get; init; } = "";

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? Silence { get; init; }

    /// <summary>What the machine must have beyond what its options say; a computer without it skips the cell.</summary>
    public IReadOnlyList<CellNeed> Needs { get; init; } = [];

    /// <summary>What to judge the run by.</summary>
    public required CellExpectation Expect { get; init; }
}
