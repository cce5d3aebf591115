using System.Runtime;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What would change files: all of it is refused, as a read-only file system does.</summary>
internal static unsafe class FileChanges
{
    [RuntimeExport("SystemNative_MkDir")]
    private static int MakeDirectory(byte* path, int mode) => Refuse();

    [RuntimeExport("SystemNative_RmDir")]
    private static int RemoveDirectory(byte* path) => RefuseExisting(path);

    [RuntimeExport("SystemNative_Unlink")]
    private static int Unlink(byte* path) => RefuseExisting(path);

    [RuntimeExport("SystemNative_Rename")]
    private static int Rename(byte* path, byte* newPath) => RefuseExisting(path);

    [RuntimeExport("SystemNative_Link")]
    private static int Link(byte* path, byte* link) => RefuseExisting(path);

    [RuntimeExport("SystemNative_SymLink")]
    private static int LinkByName(byte* target, byte* link) => Refuse();

    [RuntimeExport("SystemNative_ChMod")]
    private static int ChangeMode(byte* path, int mode) => RefuseExisting(path);

    [RuntimeExport("SystemNative_FChMod")]
    private static int ChangeMode(nint descriptor, int mode) => Refuse();

    [RuntimeExport("SystemNative_UTimensat")]
    private static int SetTimes(byte* path, nint times) => RefuseExisting(path);

    [RuntimeExport("SystemNative_FUTimens")]
    private static int SetTimes(nint descriptor, nint times) => Refuse();

    [RuntimeExport("SystemNative_FTruncate")]
    private static int SetLength(nint descriptor, long length) => Refuse();

    [RuntimeExport("SystemNative_FAllocate")]
    private static int Reserve(nint descriptor, long offset, long length) => Refuse();

    [RuntimeExport("SystemNative_PWrite")]
    private static int WriteAt(nint descriptor, byte* buffer, int length, long offset) => Refuse();

    [RuntimeExport("SystemNative_MkdTemp")]
    private static byte* MakeTemporaryDirectory(byte* template)
    {
        ErrorNumbers.Set(ErrorNumbers.ReadOnly);
        return null;
    }

    [RuntimeExport("SystemNative_MksTemps")]
    private static nint MakeTemporaryFile(byte* template, int suffixLength) => Refuse();

    private static int Refuse() => ErrorNumbers.Fail(ErrorNumbers.ReadOnly);

    /// <summary>What is not there is told before that nothing may be changed.</summary>
    private static int RefuseExisting(byte* path) => Directories.Find(path) == null ? -1 : Refuse();
}
