using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static unsafe class BootCoreCall
{
    [Violates("BootCoreCall")]
    public static string Concatenation(string a, string b) => a + b;

    [Violates("BootCoreCall")]
    public static string Interpolation(int a) => $"{a:X4}";

    [Violates("BootCoreCall")]
    public static string Digits(int a) => a.ToString();

    [Violates("BootCoreCall")]
    public static bool Comparison(string a) => a == "b";

    [Violates("BootCoreCall")]
    public static string Substring(string a) => a.Substring(1);

    [Violates("BootCoreCall")]
    public static StringBuilder Builder(StringBuilder a) => a.Append('b');

    [Violates("BootCoreCall")]
    public static void Collection(List<int> a) => a.Add(1);

    [Violates("BootCoreCall")]
    public static Type TypeOf(object a) => a.GetType();

    public static Type TypeLiteral() => typeof(int);

    public static int Utf8Literal() => "utf-8"u8.Length;

    public static Span<byte> SpanOfAPointer(byte* a) => new(a, 3);

    public static Span<byte> SpanOfAnArray(byte[] a) => a;

    public static Span<byte> SpanOfAPart(byte[] a) => new(a, 1, 2);

    public static void Clear(Span<byte> a) => a.Clear();

    public static void CopyTo(ReadOnlySpan<byte> a, Span<byte> b) => a.CopyTo(b);

    [Violates("BootCoreCall")]
    public static byte[] ToArray(ReadOnlySpan<byte> a) => a.ToArray();

    public static Span<uint> Cast(Span<byte> a) => MemoryMarshal.Cast<byte, uint>(a);

    [Violates("BootCoreCall")]
    public static uint Primitive(ReadOnlySpan<byte> a) => BinaryPrimitives.ReadUInt32LittleEndian(a);

    [Violates("BootCoreCall")]
    public static int Delegate(Func<int> a) => a();

    public static int Pointer(delegate*<byte, int> a) => a(1);

    public static ReadOnlySpan<byte> ReadOnlySpanOfAnArray(byte[] a) => a;

    public static ReadOnlySpan<byte> ReadOnlySpanOfAPart(byte[] a) => new(a, 1, 2);

    public static ReadOnlySpan<byte> ReadOnlySpanOfASpan(Span<byte> a) => a;

    public static Span<byte> SpanOfAReference(byte* a) => MemoryMarshal.CreateSpan(ref *a, 3);

    public static int PartOfASpan(ReadOnlySpan<byte> a) => a.Slice(1, 2).Length + a[0];

    public static int Characters(string a) => a.Length + a[0];

    public static byte Pinned(ReadOnlySpan<byte> a)
    {
        fixed (byte* first = a)
        {
            return *first;
        }
    }
}
