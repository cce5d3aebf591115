using ToroCosmos.NativeAot.Boot;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>
/// The names of the linked functions, as text lines "address type name" sorted by address: a panic reads it once,
/// nothing else does, so it is kept as the linker's tool prints it.
/// </summary>
internal static unsafe class SymbolTable
{
    /// <summary>Finds the function that an address lies in.</summary>
    /// <param name="address">An address in the kernel's code.</param>
    /// <param name="name">Start of the name, which ends before a line break.</param>
    /// <param name="length">Length of the name.</param>
    /// <param name="start">Address of the function.</param>
    public static bool Find(ulong address, out byte* name, out int length, out ulong start)
    {
        name = null;
        length = 0;
        start = 0;
        byte* p = ImageLayout.Get()->SymbolsBegin;
        byte* end = ImageLayout.Get()->SymbolsEnd;
        while (p < end)
        {
            ulong value = 0;
            for (; p < end && *p != ' '; p++)
            {
                value = (value << 4) | (uint)(*p <= '9' ? *p - '0' : *p - 'a' + 10);
            }

            if (value > address)
            {
                break;
            }

            p += 3;     // the type between two blanks
            name = p;
            start = value;
            while (p < end && *p != '\n')
            {
                p++;
            }

            length = (int)(p - name);
            p++;
        }

        return name != null && address < ImageLayout.Get()->TextEnd && address >= ImageLayout.Get()->TextStart;
    }
}
