namespace ToroCosmos.Acpi;

/// <summary>Words for <see cref="AcpiStatus"/>; not every toolchain can print the name of an enum's value.</summary>
public static class AcpiStatusText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(AcpiStatus status) => status switch
    {
        AcpiStatus.Ok => "ok",
        AcpiStatus.NoRootPointer => "no ACPI root pointer",
        AcpiStatus.BadRootPointer => "ACPI root pointer with a wrong checksum or length",
        AcpiStatus.TableNotFound => "ACPI table not found",
        AcpiStatus.NotMapped => "ACPI table at an address that is not readable",
        AcpiStatus.WrongSignature => "ACPI table with another signature",
        AcpiStatus.BadLength => "ACPI table with an impossible length",
        AcpiStatus.BadChecksum => "ACPI table with a wrong checksum",
        AcpiStatus.EntryTooShort => "ACPI table entry that is too short",
        AcpiStatus.EntryOverrun => "ACPI table entry beyond the table's end",
        AcpiStatus.NoProcessor => "MADT without an enabled processor",
        AcpiStatus.TooManyProcessors => "MADT with more processors than can be used",
        AcpiStatus.NoSleepPackage => "no usable _S5_ package",
        AcpiStatus.NoPowerRegister => "no register that turns the machine off",
        _ => "unknown ACPI status",
    };
}
