using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;

namespace ToroCosmos.NativeAot.Files;

/// <summary>
/// The files that a kernel was booted with, in folders, to be read and not to be changed. It is complete before anybody
/// reads, so there is no lock.
/// </summary>
internal static unsafe class FileTree
{
    private static FileNode* s_root;
    private static long s_count;

    /// <summary>The folder that all is in.</summary>
    public static FileNode* Root
    {
        get
        {
            if (s_root == null)
            {
                s_root = NewNode(null, null, 0);
                s_root->Parent = s_root;
                s_root->IsFolder = true;
            }

            return s_root;
        }
    }

    /// <summary>Finds what a path, zero-terminated, names; a relative one begins at a folder.</summary>
    /// <param name="isFileOnTheWay">Whether the path goes on behind a file.</param>
    /// <returns>Null when there is no such thing.</returns>
    public static FileNode* Find(FileNode* folder, byte* path, out bool isFileOnTheWay)
    {
        isFileOnTheWay = false;
        FileNode* node = *path == '/' ? Root : folder;
        while (node != null && Word(ref path, out byte* name, out int length))
        {
            if (!node->IsFolder)
            {
                isFileOnTheWay = true;
                return null;
            }

            node = Step(node, name, length);
        }

        return node;
    }

    /// <summary>Adds a file or a folder, and the folders on the way to it; what is there already is replaced.</summary>
    /// <param name="path">Zero-terminated; it may end with a slash.</param>
    public static FileNode* Add(byte* path)
    {
        FileNode* node = Root;
        while (Word(ref path, out byte* name, out int length))
        {
            node->IsFolder = true;
            FileNode* child = Step(node, name, length);
            node = child != null ? child : NewNode(node, name, length);
        }

        return node;
    }

    /// <summary>The next part of a path.</summary>
    private static bool Word(ref byte* path, out byte* name, out int length)
    {
        while (*path == '/')
        {
            path++;
        }

        name = path;
        while (*path is not 0 and not (byte)'/')
        {
            path++;
        }

        length = (int)(path - name);
        return length > 0;
    }

    private static FileNode* Step(FileNode* folder, byte* name, int length)
    {
        if (name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.')))
        {
            return length == 1 ? folder : folder->Parent;
        }

        FileNode* node = folder->FirstChild;
        while (node != null && !IsNamed(node, name, length))
        {
            node = node->Next;
        }

        return node;
    }

    private static bool IsNamed(FileNode* node, byte* name, int length)
    {
        bool same = node->NameLength == length;
        for (int i = 0; same && i < length; i++)
        {
            same = node->Name[i] == name[i];
        }

        return same;
    }

    private static FileNode* NewNode(FileNode* parent, byte* name, int length)
    {
        var node = (FileNode*)FrameAllocator.Allocate((ulong)(sizeof(FileNode) + length), 8);
        if (node == null)
        {
            KernelPanic.Raise("out of memory for the list of files"u8);
        }

        node->Name = (byte*)(node + 1);
        node->NameLength = length;
        node->Number = ++s_count;
        node->Parent = parent;
        for (int i = 0; i < length; i++)
        {
            node->Name[i] = name[i];
        }

        if (parent != null)
        {
            node->Next = parent->FirstChild;
            parent->FirstChild = node;
        }

        return node;
    }
}
