using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Info objects (MPI 4.1, 10). Texts end with a zero, as in C.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Info_create.</summary>
    public MpiError InfoCreate(MpiInfo* info)
    {
        *info = _infos.Create();
        return Raise(MpiComm.World, *info == MpiInfo.Null ? MpiError.NoMem : MpiError.Success);
    }

    /// <summary>MPI_Info_set: keys have up to 63 bytes, values up to 191.</summary>
    public MpiError InfoSet(MpiInfo info, byte* key, byte* value)
    {
        int number = _infos.NumberOf(info);
        return Raise(MpiComm.World, number == 0 ? MpiError.Info : _infos.Set(number, key, value));
    }

    /// <summary>MPI_Info_get_string.</summary>
    /// <param name="bytes">The room for the value and its zero; then how much it needs.</param>
    public MpiError InfoGetString(MpiInfo info, byte* key, int* bytes, byte* value, bool* flag)
    {
        *flag = false;
        int number = _infos.NumberOf(info);
        if (number == 0)
        {
            return Raise(MpiComm.World, MpiError.Info);
        }

        InfoEntry* entry = _infos.Find(number, key);
        if (entry == null)
        {
            return MpiError.Success;
        }

        *flag = true;
        int length = InfoTable.LengthOf(entry->Value);
        if (*bytes > 0)
        {
            InfoTable.Copy(value, entry->Value, length < *bytes ? length : *bytes - 1);
        }

        *bytes = length + 1;
        return MpiError.Success;
    }

    /// <summary>MPI_Info_get_nkeys.</summary>
    public MpiError InfoGetNkeys(MpiInfo info, int* count)
    {
        *count = 0;
        int number = _infos.NumberOf(info);
        if (number == 0)
        {
            return Raise(MpiComm.World, MpiError.Info);
        }

        while (_infos.At(number, *count) != null)
        {
            (*count)++;
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Info_get_nthkey: keys in the order in which they were set first.</summary>
    public MpiError InfoGetNthkey(MpiInfo info, int index, byte* key)
    {
        int number = _infos.NumberOf(info);
        InfoEntry* entry = number == 0 || index < 0 ? null : _infos.At(number, index);
        if (entry == null)
        {
            return Raise(MpiComm.World, number == 0 ? MpiError.Info : MpiError.Arg);
        }

        InfoTable.Copy(key, entry->Key, InfoTable.LengthOf(entry->Key));
        return MpiError.Success;
    }

    /// <summary>MPI_Info_delete.</summary>
    public MpiError InfoDelete(MpiInfo info, byte* key)
    {
        int number = _infos.NumberOf(info);
        InfoEntry* entry = number == 0 ? null : _infos.Find(number, key);
        if (entry == null)
        {
            return Raise(MpiComm.World, number == 0 ? MpiError.Info : MpiError.InfoNoKey);
        }

        entry->Info = 0;
        return MpiError.Success;
    }

    /// <summary>MPI_Info_dup.</summary>
    public MpiError InfoDup(MpiInfo info, MpiInfo* newInfo)
    {
        *newInfo = MpiInfo.Null;
        int number = _infos.NumberOf(info);
        if (number == 0)
        {
            return Raise(MpiComm.World, MpiError.Info);
        }

        *newInfo = _infos.Create();
        int copy = _infos.NumberOf(*newInfo);
        MpiError error = copy == 0 ? MpiError.NoMem : MpiError.Success;
        for (int i = 0; error == MpiError.Success && _infos.At(number, i) != null; i++)
        {
            InfoEntry* entry = _infos.At(number, i);
            error = _infos.Set(copy, entry->Key, entry->Value);
        }

        if (error != MpiError.Success && copy != 0)
        {
            _infos.Free(copy);
            *newInfo = MpiInfo.Null;
        }

        return Raise(MpiComm.World, error);
    }

    /// <summary>MPI_Info_free.</summary>
    public MpiError InfoFree(MpiInfo* info)
    {
        int number = _infos.NumberOf(*info);
        if (number == 0)
        {
            return Raise(MpiComm.World, MpiError.Info);
        }

        _infos.Free(number);
        *info = MpiInfo.Null;
        return MpiError.Success;
    }
}
