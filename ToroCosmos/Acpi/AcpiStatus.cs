namespace ToroCosmos.Acpi;

/// <summary>What was wrong with the firmware's tables. <see cref="AcpiStatusText.Of"/> says it in words.</summary>
public enum AcpiStatus
{
    /// <summary>Everything asked for was read.</summary>
    Ok,

    /// <summary>No root pointer: none where the boot protocol said, none in the BIOS areas.</summary>
    NoRootPointer,

    /// <summary>A root pointer is there, but its checksum or its length is wrong.</summary>
    BadRootPointer,

    /// <summary>The table is not there.</summary>
    TableNotFound,

    /// <summary>The table's address is not memory that can be read.</summary>
    NotMapped,

    /// <summary>At the table's address there is something else.</summary>
    WrongSignature,

    /// <summary>The table says it is shorter than its header, or absurdly long.</summary>
    BadLength,

    /// <summary>The table's bytes do not sum up to zero.</summary>
    BadChecksum,

    /// <summary>An entry of the table has a length of 0, or one too short for its type.</summary>
    EntryTooShort,

    /// <summary>An entry goes on beyond the end of its table.</summary>
    EntryOverrun,

    /// <summary>The MADT has no processor that may be used.</summary>
    NoProcessor,

    /// <summary>The MADT has more processors than <see cref="Madt.MaximumProcessors"/>.</summary>
    TooManyProcessors,

    /// <summary>No table has an <c>_S5_</c> package with usable values.</summary>
    NoSleepPackage,

    /// <summary>The FADT names no register that can turn the machine off.</summary>
    NoPowerRegister,
}
