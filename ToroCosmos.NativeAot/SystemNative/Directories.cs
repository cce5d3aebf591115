using System.Runtime;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Files;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>Folders: what is in them, and which is the current one.</summary>
internal static unsafe class Directories
{
    private const int End = -1;
    private const int KindFolder = 4;
    private const int KindFile = 8;

    private static FileNode* s_current;

    /// <summary>What the class library learns of each thing in a folder.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Entry
    {
        public byte* Name;
        public int NameLength;
        public int Kind;
    }

    private struct Listing
    {
        public FileNode* Next;
    }

    /// <summary>Finds what a path names; null, with the error noted, when there is no such thing.</summary>
    public static FileNode* Find(byte* path)
    {
        FileNode* node = FileTree.Find(Current, path, out bool isFileOnTheWay);
        if (node == null)
        {
            ErrorNumbers.Set(isFileOnTheWay ? ErrorNumbers.NotADirectory : ErrorNumbers.NoEntry);
        }

        return node;
    }

    private static FileNode* Current => s_current == null ? FileTree.Root : s_current;

    [RuntimeExport("SystemNative_ChDir")]
    private static int Enter(byte* path)
    {
        FileNode* node = Find(path);
        if (node == null)
        {
            return -1;
        }

        if (!node->IsFolder)
        {
            return ErrorNumbers.Fail(ErrorNumbers.NotADirectory);
        }

        s_current = node;
        return 0;
    }

    [RuntimeExport("SystemNative_GetCwd")]
    private static byte* CurrentPath(byte* buffer, int size)
    {
        // From its end.
        int at = size - 1;
        if (at >= 0)
        {
            buffer[at] = 0;
        }

        for (FileNode* node = Current; node != FileTree.Root && at >= 0; node = node->Parent)
        {
            at -= node->NameLength + 1;
            if (at >= 0)
            {
                buffer[at] = (byte)'/';
                System.Buffer.MemoryCopy(node->Name, buffer + at + 1, node->NameLength, node->NameLength);
            }
        }

        if (at == size - 1 && at > 0)
        {
            buffer[--at] = (byte)'/';
        }

        if (at < 0 || buffer[at] == 0)
        {
            ErrorNumbers.Set(ErrorNumbers.TooSmall);
            return null;
        }

        System.Buffer.MemoryCopy(buffer + at, buffer, size, size - at);
        return buffer;
    }

    [RuntimeExport("SystemNative_OpenDir")]
    private static Listing* Open(byte* path)
    {
        FileNode* node = Find(path);
        if (node == null || !node->IsFolder)
        {
            if (node != null)
            {
                ErrorNumbers.Set(ErrorNumbers.NotADirectory);
            }

            return null;
        }

        var listing = (Listing*)NativeHeap.Allocate((ulong)sizeof(Listing));
        if (listing == null)
        {
            ErrorNumbers.Set(ErrorNumbers.OutOfMemory);
            return null;
        }

        listing->Next = node->FirstChild;
        return listing;
    }

    [RuntimeExport("SystemNative_ReadDir")]
    private static int Read(Listing* listing, Entry* entry)
    {
        *entry = default;
        FileNode* node = listing->Next;
        if (node == null)
        {
            return End;
        }

        listing->Next = node->Next;
        entry->Name = node->Name;
        entry->NameLength = node->NameLength;
        entry->Kind = node->IsFolder ? KindFolder : KindFile;
        return 0;
    }

    [RuntimeExport("SystemNative_CloseDir")]
    private static int Close(Listing* listing)
    {
        NativeHeap.Free((byte*)listing);
        return 0;
    }
}
