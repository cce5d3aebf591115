namespace ToroCosmos.NativeAot.Files;

/// <summary>A file or folder of the tree.</summary>
internal unsafe struct FileNode
{
    public FileNode* Parent;

    /// <summary>The first of what is in a folder.</summary>
    public FileNode* FirstChild;

    /// <summary>What comes after this in the folder that it is in.</summary>
    public FileNode* Next;

    public byte* Name;
    public int NameLength;
    public bool IsFolder;

    /// <summary>A file's contents.</summary>
    public byte* Data;
    public long Size;

    /// <summary>Seconds since 1970.</summary>
    public long ModificationTime;

    /// <summary>The same for no other.</summary>
    public long Number;
}
