using System;
using ToroCosmos.NativeAot.Image;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>
/// The names of the linked functions, in the compact form that build/symbols.awk describes. It is read from its beginning:
/// only a panic asks, a few times.
/// </summary>
internal static unsafe class SymbolTable
{
    private const int LongestName = 255;
    private const int MaximumWords = 128;
    private const byte FirstWord = 128;

    // One panic at a time prints.
    private static Scratch s_scratch;

    private struct Scratch
    {
        public fixed byte Name[LongestName];
        public fixed uint Words[MaximumWords];
    }

    /// <summary>Finds the function that an address lies in.</summary>
    /// <param name="address">An address in the kernel's code.</param>
    /// <param name="name">Its name, until the next call.</param>
    /// <param name="start">Address of the function.</param>
    public static bool Find(ulong address, out ReadOnlySpan<byte> name, out ulong start)
    {
        ImageLayout* image = ImageLayout.Get();
        fixed (Scratch* scratch = &s_scratch)
        {
            byte* table = image->SymbolsBegin;
            byte* p = SkipWords(table, image->SymbolsEnd, scratch);
            int length = 0;
            start = 0;
            while (p < image->SymbolsEnd)
            {
                ulong next = start + Leb128.Read(ref p);
                if (next > address)
                {
                    break;
                }

                start = next;
                length = ReadName(ref p, table, scratch);
            }

            name = new ReadOnlySpan<byte>(scratch->Name, length);
            return length != 0 && address < image->TextEnd && address >= image->TextStart;
        }
    }

    /// <summary>Notes where each word is and gives back where the functions begin.</summary>
    private static byte* SkipWords(byte* table, byte* end, Scratch* scratch)
    {
        byte* p = table;
        int count = p < end ? *p++ : 0;
        for (int i = 0; i < count; i++)
        {
            scratch->Words[i] = (uint)(p - table);
            p += 1 + *p;
        }

        return p;
    }

    /// <summary>Puts a name over the one before, whose beginning it may share.</summary>
    private static int ReadName(ref byte* p, byte* table, Scratch* scratch)
    {
        int length = *p++;
        for (; *p != 0; p++)
        {
            bool isWord = *p >= FirstWord;
            byte* characters = isWord ? table + scratch->Words[*p - FirstWord] + 1 : p;
            int count = isWord ? characters[-1] : 1;
            for (int i = 0; i < count && length < LongestName; i++)
            {
                scratch->Name[length++] = characters[i];
            }
        }

        p++;
        return length;
    }
}
