using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>The attributes of the communicators of a process, which are named by their places.</summary>
internal sealed unsafe class AttributeTable
{
    /// <summary>How many keys and attributes there can be.</summary>
    public const int Keyvals = 64;
    public const int Attributes = 256;

    private const int SlotNone = -1;

    private readonly KeyvalSlot* _keyvals;
    private readonly AttributeSlot* _attributes;
    private int _attributeOrder;

    public AttributeTable(KeyvalSlot* keyvals, AttributeSlot* attributes)
    {
        _keyvals = keyvals;
        _attributes = attributes;
        for (int i = 0; i < Keyvals; i++)
        {
            keyvals[i] = default;
        }

        for (int i = 0; i < Attributes; i++)
        {
            attributes[i] = default;
        }
    }

    /// <summary>Makes a key; KeyvalInvalid when there is no place.</summary>
    public int Create(in KeyvalSlot keyval)
    {
        for (int i = 0; i < Keyvals; i++)
        {
            if (!_keyvals[i].IsUsed)
            {
                _keyvals[i] = keyval;
                return Handles.First + i;
            }
        }

        return MpiConstants.KeyvalInvalid;
    }

    /// <summary>The value of an attribute; false when it is not set.</summary>
    public bool TryGet(int comm, int keyval, nint* value)
    {
        int index = Find(comm, keyval);
        if (index == SlotNone)
        {
            return false;
        }

        *value = _attributes[index].Value;
        return true;
    }

    /// <summary>Sets an attribute; the one before is deleted.</summary>
    public MpiError Set(MpiComm handle, int comm, int keyval, nint value)
    {
        int index = Find(comm, keyval);
        MpiError error = index == SlotNone ? MpiError.Success : Delete(handle, index);
        return error != MpiError.Success ? error : Add(comm, keyval, value) ? MpiError.Success : MpiError.NoMem;
    }

    /// <summary>Deletes an attribute.</summary>
    public MpiError Delete(MpiComm handle, int comm, int keyval)
    {
        int index = Find(comm, keyval);
        return index == SlotNone ? MpiError.Keyval : Delete(handle, index);
    }

    /// <summary>A key by its number; null when there is none.</summary>
    public KeyvalSlot* FindKeyval(int keyval)
    {
        int index = keyval - Handles.First;
        return (uint)index < Keyvals && _keyvals[index].IsUsed ? _keyvals + index : null;
    }

    /// <summary>Gives a duplicate those attributes that it is to have.</summary>
    public MpiError CopyAll(MpiComm comm, int from, int to)
    {
        for (int i = 0; i < Attributes; i++)
        {
            if (!_attributes[i].IsUsed || _attributes[i].Comm != from)
            {
                continue;
            }

            int keyval = _attributes[i].Keyval;
            KeyvalSlot* slot = FindKeyval(keyval);
            if (slot->Copy == null)
            {
                continue;
            }

            nint value = 0;
            bool isCopied = false;
            MpiError error = slot->Copy(comm, keyval, slot->ExtraState, _attributes[i].Value, &value, &isCopied);
            if (error != MpiError.Success)
            {
                return error;
            }

            if (isCopied && !Add(to, keyval, value))
            {
                return MpiError.NoMem;
            }
        }

        return MpiError.Success;
    }

    /// <summary>Deletes all attributes, the last that was set first (MPI 4.1, 11.2.4).</summary>
    public MpiError DeleteAll(MpiComm comm, int place)
    {
        while (true)
        {
            int last = SlotNone;
            for (int i = 0; i < Attributes; i++)
            {
                if (_attributes[i].IsUsed && _attributes[i].Comm == place
                    && (last == SlotNone || _attributes[i].Order > _attributes[last].Order))
                {
                    last = i;
                }
            }

            MpiError error = last == SlotNone ? MpiError.Success : Delete(comm, last);
            if (last == SlotNone || error != MpiError.Success)
            {
                return error;
            }
        }
    }

    private int Find(int comm, int keyval)
    {
        for (int i = 0; i < Attributes; i++)
        {
            if (_attributes[i].IsUsed && _attributes[i].Comm == comm && _attributes[i].Keyval == keyval)
            {
                return i;
            }
        }

        return SlotNone;
    }

    private bool Add(int comm, int keyval, nint value)
    {
        for (int i = 0; i < Attributes; i++)
        {
            if (!_attributes[i].IsUsed)
            {
                _attributes[i] = new AttributeSlot
                {
                    IsUsed = true,
                    Comm = comm,
                    Keyval = keyval,
                    Value = value,
                    Order = _attributeOrder++,
                };
                FindKeyval(keyval)->References++;
                return true;
            }
        }

        return false;
    }

    private MpiError Delete(MpiComm comm, int index)
    {
        int keyval = _attributes[index].Keyval;
        KeyvalSlot* slot = FindKeyval(keyval);
        if (slot->Delete != null)
        {
            MpiError error = slot->Delete(comm, keyval, _attributes[index].Value, slot->ExtraState);
            if (error != MpiError.Success)
            {
                return error;
            }
        }

        _attributes[index].IsUsed = false;
        slot->References--;
        slot->IsUsed = slot->HasHandle || slot->References > 0;
        return MpiError.Success;
    }
}
