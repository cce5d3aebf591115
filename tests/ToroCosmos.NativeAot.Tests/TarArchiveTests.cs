using System;
using System.Formats.Tar;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using ToroCosmos.NativeAot.Files;
using Xunit;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>Archives as the host writes them, read into the tree, which all tests share: each has a folder of its own.</summary>
public unsafe class TarArchiveTests
{
    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.V7)]
    public void Files_are_found_by_their_paths(TarEntryFormat format)
    {
        string root = $"files-{format}";
        Assert.True(Read(Archive(format, ($"{root}/", null), ($"{root}/a.txt", "hello"), ($"./{root}/deep/down/b", ""))));

        Assert.Equal("hello", ContentsOf($"/{root}/a.txt"));
        Assert.Equal("hello", ContentsOf($"{root}//deep/../a.txt"));
        Assert.Equal("", ContentsOf($"/{root}/deep/down/b"));
        Assert.True(Find($"/{root}/deep")->IsFolder);
        Assert.True(Find($"/{root}/")->IsFolder);
        Assert.True(Find($"/{root}/c") == null);
    }

    [Fact]
    public void A_path_that_goes_on_behind_a_file_is_told_from_one_that_leads_nowhere()
    {
        Assert.True(Read(Archive(TarEntryFormat.Ustar, ("behind/a", "x"))));

        Assert.True(Find("/behind/a/b", out bool isFileOnTheWay) == null);
        Assert.True(isFileOnTheWay);
        Assert.True(Find("/behind/c/b", out isFileOnTheWay) == null);
        Assert.False(isFileOnTheWay);
    }

    [Fact]
    public void A_path_longer_than_a_header_holds_is_whole()
    {
        string path = $"long/{new string('x', 90)}/{new string('y', 90)}";
        Assert.True(Read(Archive(TarEntryFormat.Ustar, (path, "ustar"))));
        Assert.Equal("ustar", ContentsOf(path));
        path = $"long/{new string('z', 250)}";
        Assert.True(Read(Archive(TarEntryFormat.Gnu, (path, "gnu"))));
        Assert.Equal("gnu", ContentsOf(path));
    }

    [Fact]
    public void The_later_of_two_files_of_a_name_counts()
    {
        Assert.True(Read(Archive(TarEntryFormat.Ustar, ("twice/a", "first"), ("twice/a", "second"))));

        Assert.Equal("second", ContentsOf("/twice/a"));
    }

    [Fact]
    public void A_file_tells_when_it_was_changed()
    {
        Assert.True(Read(Archive(TarEntryFormat.Ustar, ("time/a", "x"))));

        Assert.Equal(1_700_000_000, Find("/time/a")->ModificationTime);
    }

    [Fact]
    public void An_archive_that_is_cut_short_keeps_what_is_whole()
    {
        byte[] archive = Archive(TarEntryFormat.Ustar, ("cut/a", "whole"), ("cut/b", new string('x', 2000)));

        Assert.False(Read(archive.AsSpan(0, 3 * 512)));
        Assert.Equal("whole", ContentsOf("/cut/a"));
        Assert.True(Find("/cut/b") == null);
    }

    [Fact]
    public void A_damaged_header_ends_the_archive()
    {
        byte[] archive = Archive(TarEntryFormat.Ustar, ("damaged/a", "x"));
        archive[3] ^= 1;

        Assert.False(Read(archive));
        Assert.True(Find("/damaged") == null);
    }

    [Fact]
    public void What_is_no_archive_is_refused() => Assert.False(Read(new byte[100]));

    private static byte[] Archive(TarEntryFormat format, params (string Path, string? Text)[] files)
    {
        MemoryStream stream = new();
        using (TarWriter writer = new(stream, format, leaveOpen: true))
        {
            foreach ((string path, string? text) in files)
            {
                writer.WriteEntry(Entry(format, path, text));
            }
        }

        return stream.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, string path, string? text)
    {
        TarEntryType kind = text == null ? TarEntryType.Directory : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.Ustar => new UstarTarEntry(kind, path),
            TarEntryFormat.Gnu => new GnuTarEntry(kind, path),
            _ => new V7TarEntry(kind, path),
        };
        entry.ModificationTime = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        if (text != null)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        }

        return entry;
    }

    // The tree refers to the archive for ever.
    private static bool Read(ReadOnlySpan<byte> archive)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)archive.Length);
        archive.CopyTo(new Span<byte>(copy, archive.Length));
        return TarArchive.Read(copy, (ulong)archive.Length);
    }

    private static string ContentsOf(string path)
    {
        FileNode* node = Find(path);
        Assert.True(node != null && !node->IsFolder, path);
        return Encoding.UTF8.GetString(node->Data, (int)node->Size);
    }

    private static FileNode* Find(string path) => Find(path, out _);

    private static FileNode* Find(string path, out bool isFileOnTheWay)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + "\0"))
        {
            return FileTree.Find(FileTree.Root, text, out isFileOnTheWay);
        }
    }
}
