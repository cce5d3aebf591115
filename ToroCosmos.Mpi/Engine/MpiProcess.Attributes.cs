using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Attributes of communicators (MPI 4.1, 7.7).</content>
public sealed unsafe partial class MpiProcess
{
    private KeyvalSlot* _keyvals;
    private AttributeSlot* _attributes;
    private int _attributeOrder;

    /// <summary>MPI_Comm_create_keyval.</summary>
    /// <param name="copy">Null: duplicates have not the attribute. Else it answers whether they have, and with what value.</param>
    /// <param name="delete">Is told when an attribute goes; null for nothing.</param>
    public MpiError CommCreateKeyval(
        delegate*<MpiComm, int, nint, nint, nint*, bool*, MpiError> copy,
        delegate*<MpiComm, int, nint, nint, MpiError> delete, int* keyval, nint extraState)
    {
        *keyval = MpiConstants.KeyvalInvalid;
        for (int i = 0; i < ProcessMemory.Keyvals; i++)
        {
            if (!_keyvals[i].IsUsed)
            {
                _keyvals[i] = new KeyvalSlot { IsUsed = true, HasHandle = true, Copy = copy, Delete = delete, ExtraState = extraState };
                *keyval = Handles.First + i;
                return MpiError.Success;
            }
        }

        return Raise(MpiComm.World, MpiError.NoMem);
    }

    /// <summary>MPI_Comm_free_keyval. Attributes that have it stay.</summary>
    public MpiError CommFreeKeyval(int* keyval)
    {
        KeyvalSlot* slot = FindKeyval(*keyval);
        if (slot == null || !slot->HasHandle)
        {
            return Raise(MpiComm.World, MpiError.Keyval);
        }

        slot->HasHandle = false;
        slot->IsUsed = slot->References > 0;
        *keyval = MpiConstants.KeyvalInvalid;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_set_attr.</summary>
    public MpiError CommSetAttr(MpiComm comm, int keyval, nint value)
    {
        CommSlot* place = FindComm(comm);
        KeyvalSlot* slot = FindKeyval(keyval);
        if (place == null || slot == null || !slot->HasHandle)
        {
            return Raise(comm, place == null ? MpiError.Comm : MpiError.Keyval);
        }

        int index = FindAttribute(place, keyval);
        if (index != Nothing)
        {
            MpiError error = DeleteAttribute(comm, index);
            if (error != MpiError.Success)
            {
                return Raise(comm, error);
            }
        }

        return Raise(comm, AddAttribute(place, keyval, value) ? MpiError.Success : MpiError.NoMem);
    }

    /// <summary>MPI_Comm_get_attr. The standard's own attributes answer with their number.</summary>
    public MpiError CommGetAttr(MpiComm comm, int keyval, nint* value, bool* flag)
    {
        *flag = false;
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        switch (keyval)
        {
            case MpiConstants.TagUbKeyval:
                *value = MpiConstants.TagUpperBound;
                *flag = true;
                return MpiError.Success;
            case MpiConstants.WtimeIsGlobalKeyval:
                *value = 1;
                *flag = true;
                return MpiError.Success;
            case MpiConstants.UniverseSizeKeyval:
                *value = _size;
                *flag = true;
                return MpiError.Success;
        }

        if (FindKeyval(keyval) == null)
        {
            return Raise(comm, MpiError.Keyval);
        }

        int index = FindAttribute(place, keyval);
        if (index != Nothing)
        {
            *flag = true;
            *value = _attributes[index].Value;
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Comm_delete_attr.</summary>
    public MpiError CommDeleteAttr(MpiComm comm, int keyval)
    {
        CommSlot* place = FindComm(comm);
        if (place == null || FindKeyval(keyval) == null)
        {
            return Raise(comm, place == null ? MpiError.Comm : MpiError.Keyval);
        }

        int index = FindAttribute(place, keyval);
        return Raise(comm, index == Nothing ? MpiError.Keyval : DeleteAttribute(comm, index));
    }

    private void InitializeAttributes(in ProcessMemory memory)
    {
        _keyvals = memory.KeyvalSlots;
        _attributes = memory.AttributeSlots;
        for (int i = 0; i < ProcessMemory.Keyvals; i++)
        {
            _keyvals[i] = default;
        }

        for (int i = 0; i < ProcessMemory.Attributes; i++)
        {
            _attributes[i] = default;
        }
    }

    private KeyvalSlot* FindKeyval(int keyval)
    {
        int index = keyval - Handles.First;
        return (uint)index < ProcessMemory.Keyvals && _keyvals[index].IsUsed ? _keyvals + index : null;
    }

    private int FindAttribute(CommSlot* comm, int keyval)
    {
        int place = (int)(comm - _comms);
        for (int i = 0; i < ProcessMemory.Attributes; i++)
        {
            if (_attributes[i].IsUsed && _attributes[i].Comm == place && _attributes[i].Keyval == keyval)
            {
                return i;
            }
        }

        return Nothing;
    }

    private bool AddAttribute(CommSlot* comm, int keyval, nint value)
    {
        for (int i = 0; i < ProcessMemory.Attributes; i++)
        {
            if (!_attributes[i].IsUsed)
            {
                _attributes[i] = new AttributeSlot
                {
                    IsUsed = true,
                    Comm = (int)(comm - _comms),
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

    private MpiError DeleteAttribute(MpiComm comm, int index)
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

    private MpiError CopyAttributes(MpiComm comm, CommSlot* from, CommSlot* to)
    {
        int place = (int)(from - _comms);
        for (int i = 0; i < ProcessMemory.Attributes; i++)
        {
            if (!_attributes[i].IsUsed || _attributes[i].Comm != place)
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

            if (isCopied && !AddAttribute(to, keyval, value))
            {
                return MpiError.NoMem;
            }
        }

        return MpiError.Success;
    }

    /// <summary>Deletes all attributes, the last that was set first (MPI 4.1, 11.2.4).</summary>
    private MpiError DeleteAttributes(MpiComm comm, CommSlot* place)
    {
        while (true)
        {
            int last = Nothing;
            for (int i = 0; i < ProcessMemory.Attributes; i++)
            {
                if (_attributes[i].IsUsed && _attributes[i].Comm == (int)(place - _comms)
                    && (last == Nothing || _attributes[i].Order > _attributes[last].Order))
                {
                    last = i;
                }
            }

            MpiError error = last == Nothing ? MpiError.Success : DeleteAttribute(comm, last);
            if (last == Nothing || error != MpiError.Success)
            {
                return error;
            }
        }
    }
}
