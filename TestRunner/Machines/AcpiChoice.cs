namespace TestRunner.Machines;

/// <summary>Whether the machine has ACPI.</summary>
public enum AcpiChoice
{
    /// <summary>Its firmware leaves ACPI tables.</summary>
    On,

    /// <summary>It has none: processors are listed in the older MultiProcessor tables, if at all.</summary>
    Off,
}
