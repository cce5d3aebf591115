using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Messages;

/// <summary>The requests of a process: a pool, and lists of places in it.</summary>
internal sealed unsafe class RequestTable
{
    private readonly RequestSlot* _slots;
    private int _free;

    public RequestTable(RequestSlot* slots, int count)
    {
        _slots = slots;
        Count = count;
        for (int i = 0; i < count; i++)
        {
            slots[i] = new RequestSlot { Next = i + 1 < count ? i + 1 : SlotList.Nothing };
        }
    }

    /// <summary>How many places there are.</summary>
    public int Count { get; }

    /// <summary>How many are in use, but for control messages, which go by themselves.</summary>
    public int Used
    {
        get
        {
            int used = 0;
            for (int i = 0; i < Count; i++)
            {
                used += _slots[i].State != RequestState.Free && _slots[i].Kind != RequestKind.Control ? 1 : 0;
            }

            return used;
        }
    }

    /// <summary>A place by its number.</summary>
    public RequestSlot* At(int index) => _slots + index;

    /// <summary>A place by a number that another rank has told; null when there is none.</summary>
    public RequestSlot* TryAt(int index) => (uint)index < (uint)Count ? _slots + index : null;

    /// <summary>A new request; null when all are in use.</summary>
    public RequestSlot* New(RequestKind kind)
    {
        int index = _free;
        if (index == SlotList.Nothing)
        {
            return null;
        }

        RequestSlot* slot = _slots + index;
        _free = slot->Next;
        slot->Next = SlotList.Nothing;
        slot->State = RequestState.Active;
        slot->Kind = kind;
        slot->Mode = SendMode.Standard;
        slot->HasHandle = false;
        slot->IsPersistent = false;
        slot->IsCancelled = false;
        slot->IsCancelling = false;
        slot->IsReady = false;
        slot->Error = MpiError.Success;
        slot->Parent = SlotList.Nothing;
        slot->Comm = SlotList.Nothing;
        slot->Type = null;
        slot->Owned = null;
        slot->Signature = 0;
        slot->Outstanding = 0;
        slot->KeepsTypes = false;
        slot->IsTold = false;
        return slot;
    }

    public int IndexOf(RequestSlot* slot) => (int)(slot - _slots);

    public MpiRequest HandleOf(RequestSlot* slot) => (MpiRequest)Handles.OfRequest(IndexOf(slot), slot->Generation);

    /// <summary>A request by its handle; null when there is none.</summary>
    public RequestSlot* Find(MpiRequest request)
    {
        int index = Handles.IndexOf((int)request);
        if ((uint)index >= (uint)Count)
        {
            return null;
        }

        RequestSlot* slot = _slots + index;
        return slot->HasHandle && Handles.IsOf((int)request, slot->Generation) ? slot : null;
    }

    public void Append(ref SlotList list, RequestSlot* slot)
    {
        int index = IndexOf(slot);
        slot->Next = SlotList.Nothing;
        if (list.Head == SlotList.Nothing)
        {
            list.Head = index;
        }
        else
        {
            _slots[list.Tail].Next = index;
        }

        list.Tail = index;
    }

    /// <summary>Takes a request out of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="previous">The one before it; none when it is the first.</param>
    /// <param name="slot">The request.</param>
    public void Unlink(ref SlotList list, int previous, RequestSlot* slot)
    {
        if (previous == SlotList.Nothing)
        {
            list.Head = slot->Next;
        }
        else
        {
            _slots[previous].Next = slot->Next;
        }

        if (slot->Next == SlotList.Nothing)
        {
            list.Tail = previous;
        }

        slot->Next = SlotList.Nothing;
    }

    /// <summary>Takes a request out of a list that it may be in.</summary>
    public bool TryUnlink(ref SlotList list, RequestSlot* slot)
    {
        int previous = SlotList.Nothing;
        for (int i = list.Head; i != SlotList.Nothing; i = _slots[i].Next)
        {
            if (_slots + i == slot)
            {
                Unlink(ref list, previous, slot);
                return true;
            }

            previous = i;
        }

        return false;
    }

    /// <summary>Takes a place out of a list, which may have been given back since.</summary>
    /// <param name="next">The one that followed it.</param>
    public void Unlink(ref SlotList list, int previous, int index, int next)
    {
        if (previous == SlotList.Nothing)
        {
            list.Head = next;
        }
        else
        {
            _slots[previous].Next = next;
        }

        if (list.Tail == index)
        {
            list.Tail = previous;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Return(RequestSlot* slot)
    {
        slot->State = RequestState.Free;
        slot->HasHandle = false;
        slot->Generation++;
        slot->Next = _free;
        _free = IndexOf(slot);
    }
}
