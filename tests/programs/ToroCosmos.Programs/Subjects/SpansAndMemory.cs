using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ToroCosmos.Programs.Subjects;

internal static class SpansAndMemory
{
    public static ProgramGroup All { get; } = new(nameof(SpansAndMemory))
    {
        Slices, SpanSearch, SpanSorting, StackSpans, SpanBounds, MemoryOwners, ArrayPools, Endianness, Casts, Sequences, BufferWriters, Base64s,
        Base64Url, HexStrings, RefStructs, InlineArrays, RefReturns, TextParsing, CopyOverlap, SpanSplit,
    };

    private static string Slices()
    {
        int[] array = [1, 2, 3, 4, 5];
        Span<int> middle = array.AsSpan(1, 3);
        middle[0] = 20;
        middle[^1]++;
        return Answer.Of(array, middle[1..].ToArray(), middle.IsEmpty, ((ReadOnlySpan<int>)array).Length);
    }

    private static string SpanSearch()
    {
        ReadOnlySpan<char> text = "key = value ; other";
        int equals = text.IndexOf('=');
        return Answer.Of(text[..equals].Trim().ToString(), text[(equals + 1)..].TrimStart().ToString(), text.Contains("val", StringComparison.Ordinal), text.ContainsAny("xyz;"), text.CommonPrefixLength("keys"), text.StartsWith("key"));
    }

    private static string SpanSorting()
    {
        Span<string> words = ["pear", "fig", "apple", "date"];
        words.Sort((a, b) => a.Length.CompareTo(b.Length));
        Span<int> numbers = [3, 1, 2];
        numbers.Sort();
        numbers.Reverse();
        return Answer.Of(words[0], words[3], numbers.ToArray(), numbers.BinarySearch(2, Comparer<int>.Create((a, b) => b - a)));
    }

    private static string StackSpans()
    {
        Span<byte> buffer = stackalloc byte[64];
        buffer.Fill(0xAB);
        buffer[..32].Clear();
        return Answer.Of(buffer.IndexOf((byte)0xAB), buffer.ToArray().Sum(b => b));
    }

    private static string SpanBounds()
    {
        int[] array = [1, 2, 3];
        List<string> errors = [];
        Try(() => array.AsSpan()[3]);
        Try(() => array.AsSpan(2, 2).Length);
        Try(() => array.AsSpan().ToArray().AsMemory(4).Length);
        Try(() => MemoryMarshal.Read<long>(new byte[4]));
        return Answer.Of(errors);

        void Try(Func<long> action)
        {
            try
            {
                errors.Add($"{action()}");
            }
            catch (Exception exception)
            {
                errors.Add(exception.GetType().Name);
            }
        }
    }

    private static string MemoryOwners()
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(100);
        Memory<byte> memory = owner.Memory[..10];
        memory.Span.Fill(7);
        ReadOnlyMemory<char> text = "memory".AsMemory(2);
        return Answer.Of(owner.Memory.Length >= 100, memory.ToArray().Sum(b => b), text, MemoryMarshal.TryGetArray<byte>(memory, out ArraySegment<byte> segment), segment.Count);
    }

    private static string ArrayPools()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(1000);
        ArrayPool<byte>.Shared.Return(rented);
        byte[] again = ArrayPool<byte>.Shared.Rent(1000);
        return Answer.Of(rented.Length, ReferenceEquals(rented, again), ArrayPool<int>.Create(16, 1).Rent(9).Length);
    }

    private static string Endianness()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x01020304);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[..], 1.5);
        return Answer.Of(bytes.ToArray(), BinaryPrimitives.ReadUInt16BigEndian([1, 2]), BinaryPrimitives.ReverseEndianness(0x11223344), BinaryPrimitives.TryReadInt64LittleEndian(bytes[..4], out _));
    }

    private static string Casts()
    {
        int[] numbers = [1, 0x10000];
        Span<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        var pair = MemoryMarshal.Read<(short, short)>(bytes[4..]);
        return Answer.Of(bytes.Length, MemoryMarshal.Cast<byte, short>(bytes)[3], pair.Item2, MemoryMarshal.CreateSpan(ref numbers[1], 1)[0]);
    }

    private static string Sequences()
    {
        var first = new Segment("hello "u8.ToArray());
        Segment last = first.Append("wor"u8.ToArray()).Append("ld"u8.ToArray());
        var sequence = new ReadOnlySequence<byte>(first, 0, last, 2);
        var reader = new SequenceReader<byte>(sequence);
        bool found = reader.TryReadTo(out ReadOnlySequence<byte> word, (byte)' ');
        return Answer.Of(sequence.Length, found, Encoding.ASCII.GetString(word), reader.Remaining, Encoding.ASCII.GetString(sequence.Slice(4, 4)), sequence.PositionOf((byte)'w') is not null);
    }

    private static string BufferWriters()
    {
        var writer = new ArrayBufferWriter<byte>(4);
        writer.Write("abc"u8);
        writer.GetSpan(100)[0] = (byte)'d';
        writer.Advance(1);
        return Answer.Of(Encoding.ASCII.GetString(writer.WrittenSpan), writer.WrittenCount, writer.Capacity >= 100);
    }

    private static string Base64s()
    {
        byte[] data = [.. Enumerable.Range(0, 20).Select(n => (byte)(n * 13))];
        string text = Convert.ToBase64String(data);
        Span<byte> utf8 = stackalloc byte[64];
        Base64.EncodeToUtf8(data, utf8, out _, out int written);
        return Answer.Of(text, Convert.FromBase64String(text).SequenceEqual(data), written, Base64.IsValid("AB=="), Convert.TryFromBase64String("!", utf8, out _));
    }

    private static string Base64Url() => Answer.Of(System.Buffers.Text.Base64Url.EncodeToString([0xFB, 0xFF, 0xFE]), System.Buffers.Text.Base64Url.DecodeFromChars("-__-"));

    private static string HexStrings() => Answer.Of(Convert.ToHexString([0xCA, 0xFE]), Convert.ToHexStringLower([0xBA, 0xBE]), Convert.FromHexString("0aFF"));

    private static string RefStructs()
    {
        var words = new WordEnumerator("the quick fox");
        int count = 0, letters = 0;
        foreach (ReadOnlySpan<char> word in words)
        {
            count++;
            letters += word.Length;
        }

        return Answer.Of(count, letters);
    }

    private static string InlineArrays()
    {
        var four = new Four();
        for (int i = 0; i < 4; i++)
        {
            four[i] = i * i;
        }

        Span<int> span = four;
        return Answer.Of(span.ToArray(), Unsafe.SizeOf<Four>(), four[^1]);
    }

    private static string RefReturns()
    {
        int[] numbers = [1, 5, 3];
        ref int largest = ref Largest(numbers);
        largest = 0;
        ref readonly int first = ref numbers[0];
        numbers[0] = 9;
        return Answer.Of(numbers, first);
    }

    private static string TextParsing()
    {
        Utf8Parser.TryParse("123abc"u8, out int number, out int used);
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(1234.5m, text, out int written, new StandardFormat('F', 2));
        return Answer.Of(number, used, Encoding.ASCII.GetString(text[..written]), int.Parse("  12 ".AsSpan()), DateTime.TryParse("2026-11-25".AsSpan(), out DateTime day), day.DayOfYear);
    }

    private static string CopyOverlap()
    {
        int[] numbers = [1, 2, 3, 4, 5];
        numbers.AsSpan(0, 4).CopyTo(numbers.AsSpan(1));
        int[] back = [1, 2, 3, 4, 5];
        Array.Copy(back, 1, back, 0, 4);
        return Answer.Of(numbers, back, numbers.AsSpan().Overlaps(numbers.AsSpan(3)), new int[2].AsSpan().TryCopyTo(new int[1]));
    }

    private static string SpanSplit()
    {
        List<string> parts = [];
        ReadOnlySpan<char> text = "a=1;b=2;";
        foreach (Range range in text.Split(';'))
        {
            parts.Add(text[range].ToString());
        }

        Span<Range> ranges = stackalloc Range[3];
        return Answer.Of(parts, "x,y,z".AsSpan().Split(ranges, ','), ranges[1].ToString());
    }

    private static ref int Largest(int[] numbers)
    {
        int best = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            best = numbers[i] > numbers[best] ? i : best;
        }

        return ref numbers[best];
    }

    private ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly WordEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            _rest = _rest.TrimStart();
            int end = _rest.IndexOf(' ');
            Current = end < 0 ? _rest : _rest[..end];
            _rest = _rest[Current.Length..];
            return Current.Length > 0;
        }
    }

    [InlineArray(4)]
    private struct Four
    {
        private int _first;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
