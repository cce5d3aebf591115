using System;
using System.IO;
using System.Linq;
using ToroCosmos.KernelTesting;

namespace ToroCosmos.KernelSuites;

/// <summary>The files that the kernel was built with: the folder Files.</summary>
internal static class FileSuite
{
    [KernelTest(On = KernelTestCores.All)]
    internal static void A_file_is_read_on_every_core()
    {
        Check.That(File.ReadAllText("/notes/lines.txt") == "first\nsecond\nthird\n");
        Check.That(File.ReadLines("/notes/lines.txt").SequenceEqual(["first", "second", "third"]));
        Check.Equal(0, File.ReadAllBytes("/empty").Length);
    }

    [KernelTest]
    internal static void A_stream_goes_to_any_place_of_a_file()
    {
        using FileStream stream = File.OpenRead("/notes/lines.txt");
        Check.Equal(19, stream.Length);
        Check.That(stream.CanRead && stream.CanSeek && !stream.CanWrite);
        stream.Seek(-6, SeekOrigin.End);
        using StreamReader reader = new(stream);
        Check.That(reader.ReadLine() == "third");
        Check.That(reader.ReadLine() == null);
    }

    [KernelTest]
    internal static void Folders_tell_what_is_in_them()
    {
        string all = string.Join(' ', Directory.GetFileSystemEntries("/notes", "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Check.That(all == "/notes/deep /notes/deep/below.txt /notes/lines.txt", all);
        Check.That(Directory.GetFiles("/").Single() == "/empty");
        Check.That(Directory.GetDirectories("/notes").Single() == "/notes/deep");
        Check.That(new DirectoryInfo("/notes").EnumerateFiles("*.txt").Single().Length == 19);
        Check.That(File.GetAttributes("/notes").HasFlag(FileAttributes.Directory));
        Check.That(new FileInfo("/empty").IsReadOnly);
    }

    [KernelTest]
    internal static void Paths_begin_at_the_current_folder()
    {
        Directory.SetCurrentDirectory("/notes/deep");
        Check.That(Directory.GetCurrentDirectory() == "/notes/deep");
        Check.That(File.ReadAllText("below.txt") == "below");
        Check.That(File.Exists("../lines.txt"));
        Directory.SetCurrentDirectory("/");
        Check.That(Directory.GetCurrentDirectory() == "/");
        Check.That(Catch.Throws<DirectoryNotFoundException>(() => Directory.SetCurrentDirectory("/nowhere")));
    }

    [KernelTest]
    internal static void What_is_there_is_not_changed()
    {
        Check.That(Catch.Throws<IOException>(() => File.Delete("/empty")));
        Check.That(Catch.Throws<IOException>(() => File.AppendAllText("/empty", "x")));
        Check.That(Catch.Throws<IOException>(() => File.Move("/empty", "/full")));
        Check.That(Catch.Throws<IOException>(() => Directory.CreateDirectory("/new")));
        Check.That(Catch.Throws<IOException>(() => Directory.Delete("/notes/deep", recursive: true)));
        Check.That(File.Exists("/empty") && File.Exists("/notes/deep/below.txt") && !Directory.Exists("/new"));
    }

    [KernelTest]
    internal static void More_files_than_can_be_open_at_once_is_an_error_that_passes()
    {
        const int Most = 64;
        FileStream[] open = new FileStream[Most];
        for (int i = 0; i < Most; i++)
        {
            open[i] = File.OpenRead("/notes/lines.txt");
        }

        Check.That(Catch.Throws<IOException>(() => File.OpenRead("/empty")));
        foreach (FileStream stream in open)
        {
            stream.Dispose();
        }

        Check.Equal(0, File.ReadAllBytes("/empty").Length);
    }
}
