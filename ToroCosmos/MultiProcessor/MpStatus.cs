namespace ToroCosmos.MultiProcessor;

/// <summary>What was wrong with the MultiProcessor tables. <see cref="MpStatusText.Of"/> says it in words.</summary>
public enum MpStatus
{
    /// <summary>They were not looked for: ACPI's had the processors.</summary>
    NotRead,

    /// <summary>Everything was read.</summary>
    Ok,

    /// <summary>There is no floating pointer in any of its places.</summary>
    NoPointer,

    /// <summary>A floating pointer is there, but its checksum, its length or its configuration is wrong.</summary>
    BadPointer,

    /// <summary>The configuration table's address is not memory that can be read.</summary>
    NotMapped,

    /// <summary>At the configuration table's address there is something else.</summary>
    WrongSignature,

    /// <summary>The table says it is shorter than its header.</summary>
    BadLength,

    /// <summary>The table's bytes do not sum up to zero.</summary>
    BadChecksum,

    /// <summary>An entry has a type that the specification does not know, so that its length is not known either.</summary>
    UnknownEntry,

    /// <summary>An entry goes on beyond the end of its table.</summary>
    EntryOverrun,

    /// <summary>The table has no processor that may be used.</summary>
    NoProcessor,
}
