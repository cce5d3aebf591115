using System.Runtime;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>Files by descriptor.</summary>
internal static unsafe class Files
{
    private const int CharacterDevice = 0x2000 | 0x1B6;     // S_IFCHR, read and written by all

    /// <summary>What the class library asks of a file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Status
    {
        public int Flags;
        public int Mode;
        public uint UserId;
        public uint GroupId;
        public long Size;
        public long AccessTime;
        public long AccessTimeNanoseconds;
        public long ModificationTime;
        public long ModificationTimeNanoseconds;
        public long ChangeTime;
        public long ChangeTimeNanoseconds;
        public long BirthTime;
        public long BirthTimeNanoseconds;
        public long Device;
        public long RawDevice;
        public long Number;
        public uint UserFlags;
    }

    [RuntimeExport("SystemNative_Close")]
    private static int Close(nint descriptor) => StandardStreams.Has(descriptor) ? 0 : ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);

    [RuntimeExport("SystemNative_Read")]
    private static int Read(nint descriptor, byte* buffer, int length) =>
        descriptor == StandardStreams.Input ? TerminalInput.Read(buffer, length) : ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);

    [RuntimeExport("SystemNative_FStat")]
    private static int StatusOf(nint descriptor, Status* status)
    {
        *status = default;
        if (!StandardStreams.Has(descriptor))
        {
            return ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);
        }

        status->Mode = CharacterDevice;
        return 0;
    }
}
