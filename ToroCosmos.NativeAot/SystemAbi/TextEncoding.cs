using System;
using System.Runtime;
using System.Text;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>Conversions that the class library leaves to the system: every code page is UTF-8 here.</summary>
internal static unsafe class TextEncoding
{
    [RuntimeExport("MultiByteToWideChar")]
    private static int ToUtf16(uint codePage, uint flags, byte* source, int bytes, char* target, int capacity)
    {
        ReadOnlySpan<byte> text = new(source, bytes < 0 ? Length(source) : bytes);
        return capacity == 0 ? Encoding.UTF8.GetCharCount(text) : Encoding.UTF8.GetChars(text, new Span<char>(target, capacity));
    }

    [RuntimeExport("WideCharToMultiByte")]
    private static int ToUtf8(
        uint codePage, uint flags, char* source, int chars, byte* target, int capacity, byte* replacement, int* replaced)
    {
        if (replaced != null)
        {
            *replaced = 0;
        }

        ReadOnlySpan<char> text = new(source, chars);
        return capacity == 0 ? Encoding.UTF8.GetByteCount(text) : Encoding.UTF8.GetBytes(text, new Span<byte>(target, capacity));
    }

    /// <summary>Of zero-terminated text, the zero included.</summary>
    private static int Length(byte* text)
    {
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        return length + 1;
    }
}
