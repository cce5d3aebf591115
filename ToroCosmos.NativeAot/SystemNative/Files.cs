using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Files;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>Files that are read, by descriptor: the standard streams, and those of the tree.</summary>
internal static unsafe class Files
{
    // What opening is asked for (the class library's OpenFlags).
    private const int AccessMask = 3;
    private const int ToRead = 0;
    private const int Create = 0x20;
    private const int Truncate = 0x80;

    private const int FromStart = 0;
    private const int FromHere = 1;
    private const int FromEnd = 2;

    private const int AccessToWrite = 2;
    private const uint MemoryFileSystem = 0x858458F6;   // RAMFS_MAGIC

    private const int FirstDescriptor = 3;
    private const int MaximumOpen = 64;

    private static SpinLock s_lock;
    private static OpenFiles s_open;

    private struct OpenFile
    {
        /// <summary>Null when the descriptor is free.</summary>
        public FileNode* Node;
        public long Position;
    }

    [InlineArray(MaximumOpen)]
    private struct OpenFiles
    {
        private OpenFile _first;
    }

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

    // Kind and permissions: all may read, and nobody write, but for the console.
    private const int CharacterDevice = 0x2000 | 0x1B6;
    private const int Folder = 0x4000 | 0x16D;
    private const int RegularFile = 0x8000 | 0x124;

    [RuntimeExport("SystemNative_Open")]
    private static nint Open(byte* path, int flags, int mode)
    {
        FileNode* node = Directories.Find(path);
        bool changes = (flags & AccessMask) != ToRead || (flags & Truncate) != 0;
        if (node == null)
        {
            return (flags & Create) != 0 ? ErrorNumbers.Fail(ErrorNumbers.ReadOnly) : -1;
        }

        if (changes)
        {
            return ErrorNumbers.Fail(node->IsFolder ? ErrorNumbers.IsADirectory : ErrorNumbers.ReadOnly);
        }

        s_lock.Enter();
        int free = 0;
        while (free < MaximumOpen && s_open[free].Node != null)
        {
            free++;
        }

        if (free < MaximumOpen)
        {
            s_open[free].Node = node;
            s_open[free].Position = 0;
        }

        s_lock.Exit();
        return free < MaximumOpen ? FirstDescriptor + free : ErrorNumbers.Fail(ErrorNumbers.TooManyOpen);
    }

    [RuntimeExport("SystemNative_Close")]
    private static int Close(nint descriptor)
    {
        if (StandardStreams.Has(descriptor))
        {
            return 0;
        }

        OpenFile* file = FileOf(descriptor);
        if (file == null)
        {
            return -1;
        }

        file->Node = null;
        return 0;
    }

    [RuntimeExport("SystemNative_Read")]
    private static int Read(nint descriptor, byte* buffer, int length)
    {
        if (descriptor == StandardStreams.Input)
        {
            return TerminalReading.Read(buffer, length);
        }

        OpenFile* file = FileOf(descriptor);
        if (file == null)
        {
            return -1;
        }

        int count = ReadAt(file, buffer, length, file->Position);
        file->Position += count > 0 ? count : 0;
        return count;
    }

    [RuntimeExport("SystemNative_PRead")]
    private static int ReadAtOffset(nint descriptor, byte* buffer, int length, long offset)
    {
        OpenFile* file = FileOf(descriptor);
        return file == null ? -1 : ReadAt(file, buffer, length, offset);
    }

    [RuntimeExport("SystemNative_LSeek")]
    private static long Seek(nint descriptor, long offset, int origin)
    {
        if (StandardStreams.Has(descriptor))
        {
            return ErrorNumbers.Fail(ErrorNumbers.NoSeek);
        }

        OpenFile* file = FileOf(descriptor);
        if (file == null)
        {
            return -1;
        }

        long position = origin switch
        {
            FromStart => offset,
            FromHere => file->Position + offset,
            FromEnd => file->Node->Size + offset,
            _ => -1,
        };
        if (position < 0)
        {
            return ErrorNumbers.Fail(ErrorNumbers.Invalid);
        }

        file->Position = position;
        return position;
    }

    [RuntimeExport("SystemNative_FStat")]
    private static int StatusOf(nint descriptor, Status* status)
    {
        if (StandardStreams.Has(descriptor))
        {
            *status = default;
            status->Mode = CharacterDevice;
            return 0;
        }

        OpenFile* file = FileOf(descriptor);
        return file == null ? -1 : Describe(file->Node, status);
    }

    [RuntimeExport("SystemNative_Stat")]
    private static int StatusOf(byte* path, Status* status) => Describe(Directories.Find(path), status);

    /// <summary>There are no links.</summary>
    [RuntimeExport("SystemNative_LStat")]
    private static int StatusOfLink(byte* path, Status* status) => StatusOf(path, status);

    [RuntimeExport("SystemNative_Access")]
    private static int Access(byte* path, int mode)
    {
        if (Directories.Find(path) == null)
        {
            return -1;
        }

        return (mode & AccessToWrite) != 0 ? ErrorNumbers.Fail(ErrorNumbers.ReadOnly) : 0;
    }

    [RuntimeExport("SystemNative_ReadLink")]
    private static int ReadLink(byte* path, byte* buffer, int size) =>
        Directories.Find(path) == null ? -1 : ErrorNumbers.Fail(ErrorNumbers.Invalid);

    [RuntimeExport("SystemNative_GetFileSystemType")]
    private static uint FileSystemType(nint descriptor) => MemoryFileSystem;

    // Nobody else has the file, and all of it is in memory: locks are always free, and advice is nothing to follow.
    [RuntimeExport("SystemNative_FLock")]
    private static int Lock(nint descriptor, int operation) => 0;

    [RuntimeExport("SystemNative_LockFileRegion")]
    private static int LockRegion(nint descriptor, long offset, long length, int kind) => 0;

    [RuntimeExport("SystemNative_PosixFAdvise")]
    private static int Advise(nint descriptor, long offset, long length, int advice) => 0;

    [RuntimeExport("SystemNative_FSync")]
    private static int Flush(nint descriptor) => 0;

    [RuntimeExport("SystemNative_CanGetHiddenFlag")]
    private static int HasHiddenFlag() => 0;

    [RuntimeExport("SystemNative_LChflagsCanSetHiddenFlag")]
    private static int CanSetHiddenFlag() => 0;

    private static int Describe(FileNode* node, Status* status)
    {
        if (node == null)
        {
            return -1;
        }

        *status = default;
        status->Mode = node->IsFolder ? Folder : RegularFile;
        status->Size = node->Size;
        status->Number = node->Number;
        status->ModificationTime = node->ModificationTime;
        status->ChangeTime = node->ModificationTime;
        status->AccessTime = node->ModificationTime;
        return 0;
    }

    private static int ReadAt(OpenFile* file, byte* buffer, int length, long offset)
    {
        FileNode* node = file->Node;
        if (node->IsFolder || offset < 0)
        {
            return ErrorNumbers.Fail(node->IsFolder ? ErrorNumbers.IsADirectory : ErrorNumbers.Invalid);
        }

        long left = node->Size - offset;
        int count = left <= 0 ? 0 : left < length ? (int)left : length;
        System.Buffer.MemoryCopy(node->Data + offset, buffer, length, count);
        return count;
    }

    /// <summary>The open file of a descriptor; null, with the error noted, when there is none.</summary>
    private static OpenFile* FileOf(nint descriptor)
    {
        nint index = descriptor - FirstDescriptor;
        if (index is >= 0 and < MaximumOpen)
        {
            var file = (OpenFile*)Unsafe.AsPointer(ref s_open[(int)index]);
            if (file->Node != null)
            {
                return file;
            }
        }

        ErrorNumbers.Set(ErrorNumbers.BadDescriptor);
        return null;
    }
}
