using System;
using ToroCosmos.Gen3.Console;

namespace ToroCosmos.Gen3.Panic;

/// <summary>Prints without allocating and without waiting for anybody.</summary>
internal static unsafe class PanicWriter
{
    private const int LongestText = 1024;

    public static void Text(ReadOnlySpan<byte> text) => Terminal.WriteUnlocked(text);

    /// <summary>Prints a string of at most 1024 characters; those outside ASCII as '?'.</summary>
    public static void Text(string? text)
    {
        for (int i = 0; text != null && i < text.Length && i < LongestText; i++)
        {
            byte character = text[i] < 0x80 ? (byte)text[i] : (byte)'?';
            Terminal.WriteUnlocked(new ReadOnlySpan<byte>(&character, 1));
        }
    }

    public static void Hex(ulong value)
    {
        Text("0x"u8);
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            int digit = (int)(value >> shift) & 15;
            byte character = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            Terminal.WriteUnlocked(new ReadOnlySpan<byte>(&character, 1));
        }
    }

    public static void Decimal(ulong value)
    {
        byte* digits = stackalloc byte[20];
        int at = 20;
        do
        {
            digits[--at] = (byte)('0' + (value % 10));
            value /= 10;
        }
        while (value != 0);
        Terminal.WriteUnlocked(new ReadOnlySpan<byte>(digits + at, 20 - at));
    }
}
