namespace ToroCosmos.MultiProcessor;

/// <summary>Words for <see cref="MpStatus"/>; not every toolchain can print the name of an enum's value.</summary>
public static class MpStatusText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(MpStatus status) => status switch
    {
        MpStatus.NotRead => "MP tables not read",
        MpStatus.Ok => "ok",
        MpStatus.NoPointer => "no MP floating pointer",
        MpStatus.BadPointer => "MP floating pointer with a wrong checksum or length, or an unknown configuration",
        MpStatus.NotMapped => "MP configuration table at an address that is not readable",
        MpStatus.WrongSignature => "MP configuration table with another signature",
        MpStatus.BadLength => "MP configuration table with an impossible length",
        MpStatus.BadChecksum => "MP configuration table with a wrong checksum",
        MpStatus.UnknownEntry => "MP configuration table with an entry of an unknown type",
        MpStatus.EntryOverrun => "MP configuration table entry beyond the table's end",
        MpStatus.NoProcessor => "MP configuration table without an enabled processor",
        _ => "unknown MP status",
    };
}
