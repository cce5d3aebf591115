using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace ToroCosmos.Programs.Subjects;

internal static class Compression
{
    private static readonly byte[] s_text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(n => $"line {n % 37} of the text\n")));

    public static ProgramGroup All { get; } = new(nameof(Compression)) { Deflate, GZip, ZLib, Brotli, KnownGZip, KnownDeflate, DamagedData, ZipArchives, Levels };

    private static string Deflate() => RoundTrip(stream => new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true), stream => new DeflateStream(stream, CompressionMode.Decompress));

    private static string GZip() => RoundTrip(stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true), stream => new GZipStream(stream, CompressionMode.Decompress));

    private static string ZLib() => RoundTrip(stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true), stream => new ZLibStream(stream, CompressionMode.Decompress));

    private static string Brotli() => RoundTrip(stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true), stream => new BrotliStream(stream, CompressionMode.Decompress));

    /// <summary>"hello hello hello hello\n" as gzip 1.12 compresses it.</summary>
    private static string KnownGZip()
    {
        byte[] packed = Convert.FromBase64String("H4sIAAAAAAACA8tIzcnJV8hAJ7kAAIhZCxgAAAA=");
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A stored block, RFC 1951, 3.2.4.</summary>
    private static string KnownDeflate()
    {
        using var stream = new DeflateStream(new MemoryStream([1, 3, 0, 0xFC, 0xFF, (byte)'a', (byte)'b', (byte)'c']), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string DamagedData()
    {
        using var stream = new GZipStream(new MemoryStream([0x1F, 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), CompressionMode.Decompress);
        return Answer.Of(stream.Read(new byte[10]));
    }

    private static string ZipArchives()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in new[] { "a.txt", "d/b.txt" })
            {
                using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Optimal).Open());
                writer.Write("content of " + name);
            }
        }

        using var read = new ZipArchive(stream, ZipArchiveMode.Read);
        using var reader = new StreamReader(read.GetEntry("d/b.txt")!.Open());
        return Answer.Of(read.Entries.Select(entry => entry.FullName), reader.ReadToEnd(), read.Entries[0].Length, read.Entries[0].Crc32);
    }

    private static string Levels()
    {
        List<bool> smaller = [];
        foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize })
        {
            using var packed = new MemoryStream();
            using (var stream = new DeflateStream(packed, level, leaveOpen: true))
            {
                stream.Write(s_text);
            }

            smaller.Add(packed.Length < s_text.Length / 4);
        }

        return Answer.Of(smaller);
    }

    private static string RoundTrip(Func<Stream, Stream> compress, Func<Stream, Stream> decompress)
    {
        using var packed = new MemoryStream();
        using (Stream stream = compress(packed))
        {
            stream.Write(s_text);
        }

        long length = packed.Length;
        packed.Position = 0;
        using var back = new MemoryStream();
        using (Stream stream = decompress(packed))
        {
            stream.CopyTo(back);
        }

        return Answer.Of(length < s_text.Length / 4, back.ToArray().SequenceEqual(s_text), back.Length);
    }
}
