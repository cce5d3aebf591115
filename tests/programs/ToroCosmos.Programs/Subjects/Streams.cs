using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class Streams
{
    public static ProgramGroup All { get; } = new(nameof(Streams))
    {
        MemoryStreams, SeekAndSetLength, FixedBuffer, TextReaders, TextWriters, BinaryForm, Copying, Buffered, NullStream, Unmanaged, AsyncReading, EndOfStream,
        ByteOrderMarks, Synchronized, Paths, PathsOfLinux, Pipes, OwnStream, MissingFiles,
    };

    private static string MemoryStreams()
    {
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3, 4, 5]);
        stream.Position = 1;
        byte[] two = new byte[2];
        int read = stream.Read(two);
        return Answer.Of(read, two, stream.ReadByte(), stream.Length, stream.ToArray(), stream.TryGetBuffer(out ArraySegment<byte> buffer), buffer.Count, stream.CanSeek);
    }

    private static string SeekAndSetLength()
    {
        using var stream = new MemoryStream();
        stream.Seek(3, SeekOrigin.Begin);
        stream.WriteByte(9);
        stream.Seek(-2, SeekOrigin.End);
        stream.WriteByte(8);
        stream.SetLength(6);
        return Answer.Of(stream.ToArray(), stream.Position, stream.Length);
    }

    private static string FixedBuffer()
    {
        using var stream = new MemoryStream(new byte[3]);
        stream.Write([1, 2]);
        try
        {
            stream.Write([3, 4]);
        }
        catch (NotSupportedException exception)
        {
            return Answer.Of(stream.ToArray(), exception.Message);
        }

        return "not refused";
    }

    private static string TextReaders()
    {
        using var reader = new StreamReader(new MemoryStream("first\r\nsecond €\nthird"u8.ToArray()));
        string? first = reader.ReadLine();
        int peeked = reader.Peek();
        char[] three = new char[3];
        reader.Read(three);
        return Answer.Of(first, (char)peeked, three, reader.ReadToEnd(), reader.EndOfStream, reader.ReadLine());
    }

    private static string TextWriters()
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
        {
            writer.WriteLine("x = {0}", 5);
            writer.Write('ü');
            writer.Write(true);
            writer.Write(1.5m);
        }

        return Answer.Of(stream.Length, Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static string BinaryForm()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(7);
            writer.Write("grün");
            writer.Write(1.5);
            writer.Write7BitEncodedInt(300);
            writer.Write(12.34m);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        return Answer.Of(reader.ReadInt32(), reader.ReadString(), reader.ReadDouble(), reader.Read7BitEncodedInt(), reader.ReadDecimal(), stream.Length);
    }

    private static string Copying()
    {
        byte[] data = [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n % 251))];
        using var source = new MemoryStream(data);
        using var target = new MemoryStream();
        source.CopyTo(target, 777);
        return Answer.Of(target.Length, target.ToArray().SequenceEqual(data), source.Position);
    }

    private static string Buffered()
    {
        using var inner = new MemoryStream();
        var buffered = new BufferedStream(inner, 16);
        buffered.Write(new byte[10]);
        long before = inner.Length;
        buffered.Write(new byte[10]);
        buffered.Flush();
        return Answer.Of(before, inner.Length, buffered.Position);
    }

    private static string NullStream() => Answer.Of(Stream.Null.Read(new byte[4]), Stream.Null.Length, TextReader.Null.ReadLine(), StreamReader.Null.ReadToEnd());

    private static unsafe string Unmanaged()
    {
        byte[] data = [1, 2, 3, 4];
        fixed (byte* pointer = data)
        {
            using var stream = new UnmanagedMemoryStream(pointer, 4, 4, FileAccess.ReadWrite);
            stream.Position = 2;
            stream.WriteByte(30);
            return Answer.Of(data, stream.ReadByte(), stream.ReadByte());
        }
    }

    private static async Task<string> AsyncReading()
    {
        using var reader = new StreamReader(new MemoryStream("a\nbb\nccc"u8.ToArray()));
        List<int> lengths = [];
        while (await reader.ReadLineAsync() is { } line)
        {
            lengths.Add(line.Length);
        }

        using var stream = new MemoryStream();
        await stream.WriteAsync(new byte[5]);
        await stream.FlushAsync();
        return Answer.Of(lengths, stream.Length);
    }

    private static string EndOfStream()
    {
        using var stream = new MemoryStream([1, 2]);
        try
        {
            stream.ReadExactly(new byte[4]);
        }
        catch (EndOfStreamException exception)
        {
            return Answer.Of(exception.Message, stream.Position, new MemoryStream([1]).ReadAtLeast(new byte[4], 2, throwOnEndOfStream: false));
        }

        return "not noticed";
    }

    private static string ByteOrderMarks()
    {
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("hä")];
        using var reader = new StreamReader(new MemoryStream(utf16), detectEncodingFromByteOrderMarks: true);
        string text = reader.ReadToEnd();
        using var stream = new MemoryStream();
        new StreamWriter(stream, Encoding.UTF8) { AutoFlush = true }.Write("x");
        return Answer.Of(text, reader.CurrentEncoding.WebName, stream.ToArray());
    }

    private static string Synchronized()
    {
        TextWriter writer = TextWriter.Synchronized(new StringWriter());
        writer.Write("safe");
        using var inner = new MemoryStream();
        var stream = Stream.Synchronized(inner);
        stream.WriteByte(1);
        return Answer.Of(writer.ToString(), inner.Length);
    }

    private static string Paths() => Answer.Of(
        Path.Combine("a", "b", "c.txt"), Path.GetExtension("x.tar.gz"), Path.GetFileNameWithoutExtension("/d/f.cs"), Path.GetDirectoryName("/a/b/c"), Path.ChangeExtension("f.txt", "md"), Path.Join("a/", "/b"), Path.GetRelativePath("/a/b", "/a/c/d"));

    private static string PathsOfLinux() => Answer.Of(Path.DirectorySeparatorChar, Path.PathSeparator, Path.IsPathRooted("/x"), Path.IsPathRooted(@"C:\x"), Path.GetFullPath("/a/../b/./c"), Path.GetInvalidFileNameChars().Length, Path.HasExtension("a.b/c"));

    private static async Task<string> Pipes()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("one\ntwo\nthr"u8.ToArray());
        await pipe.Writer.WriteAsync("ee\n"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        List<string> lines = [];
        while (true)
        {
            ReadResult result = await pipe.Reader.ReadAsync();
            var buffer = result.Buffer;
            while (System.Buffers.BuffersExtensions.PositionOf(buffer, (byte)'\n') is { } end)
            {
                lines.Add(Encoding.ASCII.GetString(buffer.Slice(0, end)));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            pipe.Reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return Answer.Of(lines);
            }
        }
    }

    private static string OwnStream()
    {
        using var reader = new StreamReader(new Alphabet(30));
        return reader.ReadToEnd();
    }

    private static string MissingFiles()
    {
        try
        {
            return File.ReadAllText("/no/such/file");
        }
        catch (IOException exception)
        {
            return Answer.Of(exception.GetType().Name, exception.Message, File.Exists("/no/such/file"), Directory.Exists("/no/such"), Directory.Exists("/"));
        }
    }

    private sealed class Alphabet(int length) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            while (read < Math.Min(count, 7) && _position < length)
            {
                buffer[offset + read++] = (byte)('a' + (_position++ % 26));
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
