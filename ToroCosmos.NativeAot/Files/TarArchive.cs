namespace ToroCosmos.NativeAot.Files;

/// <summary>
/// Reads an archive of tar (POSIX.1-2017, pax, ustar Interchange Format) into the tree; its files stay where they are.
/// </summary>
internal static unsafe class TarArchive
{
    private const ulong BlockSize = 512;
    private const int NameLength = 100;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int TimeAt = 136;
    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;
    private const int KindAt = 156;
    private const int PrefixAt = 345;
    private const int PrefixLength = 155;
    private const int LongestPath = 1024;

    // The kinds of entries; others, such as links and devices, are left out.
    private const byte OldFile = 0;
    private const byte File = (byte)'0';
    private const byte Folder = (byte)'5';
    private const byte LongName = (byte)'L';

    /// <summary>Reads an archive as far as it is sound.</summary>
    /// <returns>False when it is cut short or damaged.</returns>
    public static bool Read(byte* archive, ulong length)
    {
        byte* path = stackalloc byte[LongestPath + 1];
        bool hasLongName = false;
        ulong at = 0;
        while (at + BlockSize <= length && archive[at] != 0)
        {
            byte* header = archive + at;
            ulong size = Octal(header + SizeAt, SizeLength);
            at += BlockSize;
            if (!IsSound(header) || size > length - at)
            {
                return false;
            }

            byte kind = header[KindAt];
            if (kind == LongName)
            {
                hasLongName = size <= LongestPath;
                Copy(path, 0, header + BlockSize, hasLongName ? (int)size : 0);
            }
            else
            {
                if (!hasLongName)
                {
                    BuildPath(path, header);
                }

                if (kind is OldFile or File or Folder)
                {
                    Add(path, header, size, kind == Folder);
                }

                hasLongName = false;
            }

            at += (size + BlockSize - 1) & ~(BlockSize - 1);
        }

        return at + BlockSize <= length;
    }

    private static void Add(byte* path, byte* header, ulong size, bool isFolder)
    {
        FileNode* node = FileTree.Add(path);
        node->ModificationTime = (long)Octal(header + TimeAt, SizeLength);
        if (isFolder)
        {
            node->IsFolder = true;
        }
        else if (!node->IsFolder)
        {
            node->Data = header + BlockSize;
            node->Size = (long)size;
        }
    }

    /// <summary>The sum of the header's bytes, its own place taken for spaces.</summary>
    private static bool IsSound(byte* header)
    {
        ulong sum = 0;
        for (int i = 0; i < (int)BlockSize; i++)
        {
            sum += i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? (byte)' ' : header[i];
        }

        return sum == Octal(header + ChecksumAt, ChecksumLength);
    }

    private static void BuildPath(byte* path, byte* header)
    {
        int length = 0;
        if (header[PrefixAt] != 0)
        {
            length = Copy(path, 0, header + PrefixAt, PrefixLength);
            path[length++] = (byte)'/';
        }

        Copy(path, length, header, NameLength);
    }

    /// <summary>Copies text that ends with a zero or is as long as can be.</summary>
    /// <returns>The length of all.</returns>
    private static int Copy(byte* path, int length, byte* text, int most)
    {
        for (int i = 0; i < most && text[i] != 0; i++)
        {
            path[length++] = text[i];
        }

        path[length] = 0;
        return length;
    }

    private static ulong Octal(byte* digits, int most)
    {
        ulong value = 0;
        for (int i = 0; i < most && digits[i] is not 0; i++)
        {
            value = digits[i] is >= (byte)'0' and <= (byte)'7' ? (value * 8) + digits[i] - '0' : value;
        }

        return value;
    }
}
