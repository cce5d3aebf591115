using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Attributes of communicators (MPI 4.1, 7.7).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Comm_create_keyval.</summary>
    /// <param name="copy">Null: duplicates have not the attribute. Else it answers whether they have, and with what value.</param>
    /// <param name="delete">Is told when an attribute goes; null for nothing.</param>
    public MpiError CommCreateKeyval(
        delegate*<MpiComm, int, nint, nint, nint*, bool*, MpiError> copy,
        delegate*<MpiComm, int, nint, nint, MpiError> delete, int* keyval, nint extraState)
    {
        *keyval = _attributes.Create(
            new KeyvalSlot { IsUsed = true, HasHandle = true, Copy = copy, Delete = delete, ExtraState = extraState });
        return Raise(MpiComm.World, *keyval == MpiConstants.KeyvalInvalid ? MpiError.NoMem : MpiError.Success);
    }

    /// <summary>MPI_Comm_free_keyval. Attributes that have it stay.</summary>
    public MpiError CommFreeKeyval(int* keyval)
    {
        KeyvalSlot* slot = _attributes.FindKeyval(*keyval);
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
        CommSlot* place = _comms.Find(comm);
        KeyvalSlot* slot = _attributes.FindKeyval(keyval);
        if (place == null || slot == null || !slot->HasHandle)
        {
            return Raise(comm, place == null ? MpiError.Comm : MpiError.Keyval);
        }

        return Raise(comm, _attributes.Set(comm, _comms.IndexOf(place), keyval, value));
    }

    /// <summary>MPI_Comm_get_attr. The standard's own attributes answer with their number.</summary>
    public MpiError CommGetAttr(MpiComm comm, int keyval, nint* value, bool* flag)
    {
        *flag = false;
        CommSlot* place = _comms.Find(comm);
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

        if (_attributes.FindKeyval(keyval) == null)
        {
            return Raise(comm, MpiError.Keyval);
        }

        *flag = _attributes.TryGet(_comms.IndexOf(place), keyval, value);
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_delete_attr.</summary>
    public MpiError CommDeleteAttr(MpiComm comm, int keyval)
    {
        CommSlot* place = _comms.Find(comm);
        if (place == null || _attributes.FindKeyval(keyval) == null)
        {
            return Raise(comm, place == null ? MpiError.Comm : MpiError.Keyval);
        }

        return Raise(comm, _attributes.Delete(comm, _comms.IndexOf(place), keyval));
    }
}
