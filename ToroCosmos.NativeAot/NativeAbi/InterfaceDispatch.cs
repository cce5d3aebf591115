using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>
/// Interface calls. Each call site has a cell: the address of the dispatch code, and a word that first tells the
/// interface (a tagged pointer) and later points at a cache of receivers' types with their methods: a list of the first
/// few, and a hash table for all further ones. The last cell of a run has no code and holds the slot's number. The class
/// library finds methods; this remembers them.
/// </summary>
internal static unsafe class InterfaceDispatch
{
    // The tags of a cell's word in the compiler's output.
    private const long TagMask = 3;
    private const long TagCache = 0;
    private const long TagPointer = 1;
    private const long TagIndirectRelative = 2;

    /// <summary>Receivers' types in a call site's list; it is searched from its beginning.</summary>
    private const int MaximumEntries = 8;

    /// <summary>Places in the first hash table of a call site; a power of two, as all sizes.</summary>
    private const int FirstCapacity = 32;

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

        /// <summary>The types that a full list has no room for; null when there are none.</summary>
        public Table* Further;
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

    /// <summary>
    /// Known to dispatch.asm. An entry is where the hash of its type says, or on one of the next places, the first of them
    /// following the last; at least half of the places are empty.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Table
    {
        /// <summary>The hash's bits that are an entry's distance from the first, in bytes.</summary>
        public ulong Mask;
        public int Count;
        public int Padding;
        public Entry First;
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

    private static SpinLock s_lock;
    private static int s_resolutions;

    /// <summary>How often a call found its method neither in a list nor in a table.</summary>
    public static int Resolutions => Volatile.Read(ref s_resolutions);

    [RuntimeExport("ToroResolveInterface")]
    private static nint Resolve(nint receiver, Cell* cell)
    {
        Interlocked.Increment(ref s_resolutions);
        return ResolveInterfaceMethod(receiver, cell);
    }

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

        var further = (Table*)Volatile.Read(ref *(nint*)&cache->Further);
        if (further == null)
        {
            return 0;
        }

        // An empty place may be another type's a moment later.
        Entry* place = Place(further, type);
        return Volatile.Read(ref *(nint*)&place->Type) == (nint)type ? place->Code : 0;
    }

    /// <summary>
    /// Remembers a method. A list is never changed: a larger copy replaces it with one store, so readers on other cores
    /// need no lock. Two cores may replace each other's copy; what is lost that way is found again.
    /// </summary>
    [RuntimeExport("RhpUpdateDispatchCellCache")]
    private static nint Update(Cell* cell, nint code, MethodTable* type, CellInformation* information)
    {
        long word = Volatile.Read(ref cell->Word);
        Cache* old = (word & TagMask) == TagCache ? (Cache*)word : null;
        int count = old == null ? 0 : old->Count;
        if (count == MaximumEntries)
        {
            s_lock.Enter();
            AddFurther(old, type, code);
            s_lock.Exit();
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

    /// <summary>
    /// Adds to the table behind a full list. Readers on other cores need no lock: they see an entry's type only after its
    /// method, and a larger table only when it is complete. Tables double, so all that a call site leaves behind is
    /// smaller than what it uses.
    /// </summary>
    private static void AddFurther(Cache* cache, MethodTable* type, nint code)
    {
        Table* table = cache->Further;
        if (table == null || 2 * (table->Count + 1) > Capacity(table))
        {
            Table* larger = NewTable(table == null ? FirstCapacity : 2 * Capacity(table));
            if (larger == null)
            {
                return;
            }

            for (int i = 0; table != null && i < Capacity(table); i++)
            {
                Entry* entry = &table->First + i;
                if (entry->Type != null)
                {
                    *Place(larger, entry->Type) = *entry;
                    larger->Count++;
                }
            }

            table = larger;
            Volatile.Write(ref *(nint*)&cache->Further, (nint)larger);
        }

        Entry* place = Place(table, type);
        if (place->Type == null)
        {
            place->Code = code;
            Volatile.Write(ref *(nint*)&place->Type, (nint)type);
            table->Count++;
        }
    }

    private static int Capacity(Table* table) => (int)(table->Mask / (ulong)sizeof(Entry)) + 1;

    private static Table* NewTable(int capacity)
    {
        var table = (Table*)FrameAllocator.Allocate((ulong)(sizeof(Table) + ((capacity - 1) * sizeof(Entry))), 16);
        if (table != null)
        {
            table->Mask = (ulong)((capacity - 1) * sizeof(Entry));
        }

        return table;
    }

    /// <summary>The place of a type in a table, or the empty one where it would be; dispatch.asm does the same.</summary>
    private static Entry* Place(Table* table, MethodTable* type)
    {
        ulong hash = (ulong)type ^ ((ulong)type >> 7);
        while (true)
        {
            var entry = (Entry*)((byte*)&table->First + (hash & table->Mask));
            nint found = Volatile.Read(ref *(nint*)&entry->Type);
            if (found == 0 || found == (nint)type)
            {
                return entry;
            }

            hash += (ulong)sizeof(Entry);
        }
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
