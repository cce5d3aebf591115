using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>The info objects of a process.</summary>
internal sealed unsafe class InfoTable
{
    /// <summary>How many objects there can be, and how many entries they have together.</summary>
    public const int Objects = 32;
    public const int Entries = 64;

    private readonly InfoEntry* _entries;
    private uint _used;
    private int _order;

    /// <param name="entries">Places.</param>
    /// <param name="text">Memory for the keys and values.</param>
    public InfoTable(InfoEntry* entries, byte* text)
    {
        _entries = entries;
        for (int i = 0; i < Entries; i++)
        {
            entries[i] = new InfoEntry { Key = text + (i * (InfoEntry.KeyBytes + InfoEntry.ValueBytes)) };
        }
    }

    /// <summary>Makes an object; Null when there is no place.</summary>
    public MpiInfo Create()
    {
        for (int i = 0; i < Objects; i++)
        {
            if ((_used & (1u << i)) == 0)
            {
                _used |= 1u << i;
                return (MpiInfo)(Handles.First + i);
            }
        }

        return MpiInfo.Null;
    }

    /// <summary>The number of an object, from 1; 0 when there is none.</summary>
    public int NumberOf(MpiInfo info)
    {
        int index = (int)info - Handles.First;
        return (uint)index < Objects && (_used & (1u << index)) != 0 ? index + 1 : 0;
    }

    /// <summary>Frees an object with its entries.</summary>
    public void Free(int number)
    {
        _used &= ~(1u << (number - 1));
        for (int i = 0; i < Entries; i++)
        {
            if (_entries[i].Info == number)
            {
                _entries[i].Info = 0;
            }
        }
    }

    /// <summary>An entry by its key; null when there is none.</summary>
    public InfoEntry* Find(int number, byte* key)
    {
        for (int i = 0; i < Entries; i++)
        {
            if (_entries[i].Info == number && AreEqual(_entries[i].Key, key))
            {
                return _entries + i;
            }
        }

        return null;
    }

    /// <summary>An entry by its place among those of its object, in the order in which they were added.</summary>
    public InfoEntry* At(int number, int index)
    {
        int last = -1;
        while (true)
        {
            InfoEntry* next = null;
            for (int i = 0; i < Entries; i++)
            {
                if (_entries[i].Info == number && _entries[i].Order > last && (next == null || _entries[i].Order < next->Order))
                {
                    next = _entries + i;
                }
            }

            if (next == null || index-- == 0)
            {
                return next;
            }

            last = next->Order;
        }
    }

    /// <summary>Sets a key's value.</summary>
    public MpiError Set(int number, byte* key, byte* value)
    {
        int keyLength = LengthOf(key);
        if (keyLength == 0 || keyLength >= InfoEntry.KeyBytes)
        {
            return MpiError.InfoKey;
        }

        int length = LengthOf(value);
        if (length >= InfoEntry.ValueBytes)
        {
            return MpiError.InfoValue;
        }

        InfoEntry* entry = Find(number, key);
        for (int i = 0; i < Entries && entry == null; i++)
        {
            if (_entries[i].Info == 0)
            {
                entry = _entries + i;
                entry->Info = number;
                entry->Order = _order++;
                Copy(entry->Key, key, keyLength);
            }
        }

        if (entry == null)
        {
            return MpiError.NoMem;
        }

        Copy(entry->Value, value, length);
        return MpiError.Success;
    }

    /// <summary>The length of a text without its zero; one more than the longest of all when it is longer.</summary>
    public static int LengthOf(byte* text)
    {
        int length = 0;
        while (length < InfoEntry.ValueBytes && text[length] != 0)
        {
            length++;
        }

        return length;
    }

    /// <summary>Copies a text and its zero.</summary>
    public static void Copy(byte* to, byte* from, int length)
    {
        for (int i = 0; i < length; i++)
        {
            to[i] = from[i];
        }

        to[length] = 0;
    }

    private static bool AreEqual(byte* one, byte* other)
    {
        int i = 0;
        while (one[i] == other[i] && one[i] != 0)
        {
            i++;
        }

        return one[i] == other[i];
    }
}
