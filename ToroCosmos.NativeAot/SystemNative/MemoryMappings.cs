using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// Address space for the class library's heap of runtime types: reserved without access, and given memory when access is
/// allowed. Neither addresses nor memory are taken back.
/// </summary>
internal static unsafe class MemoryMappings
{
    private const int NoAccess = 0;
    private const int Anonymous = 0x10;
    private const nint Failed = -1;

    [RuntimeExport("SystemNative_MMap")]
    private static nint Map(nint wish, ulong bytes, int protection, int flags, nint file, long offset)
    {
        if ((flags & Anonymous) == 0)
        {
            return ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);
        }

        byte* memory = VirtualMemory.Reserve(bytes);
        if (memory == null || (protection != NoAccess && !VirtualMemory.Commit((ulong)memory, bytes)))
        {
            ErrorNumbers.Set(ErrorNumbers.OutOfMemory);
            return Failed;
        }

        return (nint)memory;
    }

    [RuntimeExport("SystemNative_MProtect")]
    private static int Protect(nint address, ulong bytes, int protection) =>
        protection == NoAccess || VirtualMemory.Commit((ulong)address, bytes) ? 0 : ErrorNumbers.Fail(ErrorNumbers.OutOfMemory);

    [RuntimeExport("SystemNative_MUnmap")]
    private static int Unmap(nint address, ulong bytes) => 0;
}
