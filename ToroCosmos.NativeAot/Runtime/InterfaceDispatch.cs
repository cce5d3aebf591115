using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>
/// Interface calls. Each call site has a cell: the address of the dispatch code, and a word that first tells the
/// interface (a tagged pointer) and later points at a cache of receivers' types with their methods. The last cell of a
/// run has no code and holds the slot's number. The class library finds methods; this remembers them.
/// </summary>
internal static unsafe class InterfaceDispatch
{
    // The tags of a cell's word in the compiler's output.
    private const long TagMask = 3;
    private const long TagCache = 0;
    private const long TagPointer = 1;
    private const long TagIndirectRelative = 2;

    /// <summary>Receivers' types remembered for a call site; one with more resolves the further ones every time.</summary>
    private const int MostEntries = 8;

    private const int CellKindInterfaceAndSlot = 0;

    [StructLayout(LayoutKind.Sequential)]
    private struct Cell
    {
        public nint Code;
        public long Word;
    }

    /// <summary>Known to dispatch.asm.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Cache
    {
        public nint Interface;
        public nint Reserved;
        public int Count;
        public int Padding;
        public Entry First;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public MethodTable* Type;
        public nint Code;
    }

    /// <summary>The class library's DispatchCellInfo.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CellInformation
    {
        public int Kind;
        public nint Interface;
        public ushort Slot;
        public byte HasCache;
        public uint MetadataToken;
        public uint VTableOffset;
    }

    [RuntimeExport("ToroResolveInterface")]
    private static nint Resolve(nint receiver, Cell* cell) => ResolveInterfaceMethod(receiver, cell);

    [RuntimeExport("RhpGetDispatchCellInfo")]
    private static void GetCellInformation(Cell* cell, CellInformation* information)
    {
        *information = default;
        information->Kind = CellKindInterfaceAndSlot;
        information->Interface = InterfaceOf(cell);
        Cell* last = cell;
        while (last->Code != 0)
        {
            last++;
        }

        information->Slot = (ushort)last->Word;
        information->HasCache = (cell->Word & TagMask) == TagCache ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpSearchDispatchCellCache")]
    private static nint Search(Cell* cell, MethodTable* type)
    {
        long word = Volatile.Read(ref cell->Word);
        if ((word & TagMask) != TagCache)
        {
            return 0;
        }

        var cache = (Cache*)word;
        Entry* entries = &cache->First;
        for (int i = 0; i < cache->Count; i++)
        {
            if (entries[i].Type == type)
            {
                return entries[i].Code;
            }
        }

        return 0;
    }

    /// <summary>
    /// Remembers a method. A cache is never changed: a larger copy replaces it with one store, so readers on other cores
    /// need no lock. Two cores may replace each other's copy; what is lost that way is found again.
    /// </summary>
    [RuntimeExport("RhpUpdateDispatchCellCache")]
    private static nint Update(Cell* cell, nint code, MethodTable* type, CellInformation* information)
    {
        long word = Volatile.Read(ref cell->Word);
        Cache* old = (word & TagMask) == TagCache ? (Cache*)word : null;
        int count = old == null ? 0 : old->Count;
        if (count == MostEntries)
        {
            return code;
        }

        var cache = (Cache*)FrameAllocator.Allocate((ulong)(sizeof(Cache) + (count * sizeof(Entry))), 16);
        if (cache == null)
        {
            return code;
        }

        cache->Interface = information->Interface;
        cache->Count = count + 1;
        Entry* entries = &cache->First;
        for (int i = 0; i < count; i++)
        {
            entries[i] = (&old->First)[i];
        }

        entries[count].Type = type;
        entries[count].Code = code;
        Volatile.Write(ref cell->Word, (long)cache);
        return code;
    }

    [RuntimeExport("RhNewInterfaceDispatchCell")]
    private static Cell* NewCell(nint interfaceType, int slot)
    {
        var cells = (Cell*)FrameAllocator.Allocate((ulong)(2 * sizeof(Cell)), 16);
        if (cells == null)
        {
            KernelPanic.Raise("out of memory for an interface call"u8);
        }

        cells[0].Code = ImageLayout.Get()->InitialInterfaceDispatch;
        cells[0].Word = interfaceType | TagPointer;
        cells[1].Word = slot;
        return cells;
    }

    private static nint InterfaceOf(Cell* cell)
    {
        long word = Volatile.Read(ref cell->Word);
        long tag = word & TagMask;
        if (tag == TagCache)
        {
            return ((Cache*)word)->Interface;
        }

        if (tag == TagPointer)
        {
            return (nint)(word & ~TagMask);
        }

        // Relative to the word itself, in its low 32 bits.
        nint pointer = (nint)((byte*)&cell->Word + (int)(word & ~TagMask));
        return tag == TagIndirectRelative ? *(nint*)pointer : pointer;
    }

    [RuntimeImport("*", "RhpResolveInterfaceMethod")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint ResolveInterfaceMethod(nint receiver, Cell* cell);
}
