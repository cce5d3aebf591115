using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>The pool of requests, and lists of them.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>A new request; null when all are in use.</summary>
    private RequestSlot* NewRequest(RequestKind kind)
    {
        int index = _freeRequest;
        if (index == Nothing)
        {
            return null;
        }

        RequestSlot* slot = _requests + index;
        _freeRequest = slot->Next;
        slot->Next = Nothing;
        slot->State = RequestState.Active;
        slot->Kind = kind;
        slot->Mode = SendMode.Standard;
        slot->HasHandle = false;
        slot->IsPersistent = false;
        slot->IsCancelled = false;
        slot->IsCancelling = false;
        slot->IsReady = false;
        slot->Error = MpiError.Success;
        slot->Parent = Nothing;
        slot->Comm = Nothing;
        slot->Type = null;
        slot->Owned = null;
        slot->Signature = 0;
        slot->Outstanding = 0;
        slot->KeepsTypes = false;
        slot->IsTold = false;
        return slot;
    }

    /// <summary>A new request for a message; null when all are in use.</summary>
    private RequestSlot* NewTransfer(
        RequestKind kind, byte* buffer, int count, TypeSlot* type, int core, int tag, CommSlot* comm, int context)
    {
        RequestSlot* slot = NewRequest(kind);
        if (slot == null)
        {
            return null;
        }

        slot->Buffer = buffer;
        slot->Count = count;
        slot->Type = type;
        slot->Bytes = count * type->Size;
        slot->WantedCore = core;
        slot->WantedTag = tag;
        slot->Context = (ushort)context;
        slot->Comm = (int)(comm - _comms);
        comm->References++;
        TypeTable.Retain(type);
        return slot;
    }

    private int IndexOf(RequestSlot* slot) => (int)(slot - _requests);

    private MpiRequest HandleOf(RequestSlot* slot) => (MpiRequest)Handles.OfRequest(IndexOf(slot), slot->Generation);

    /// <summary>A request by its handle; null when there is none.</summary>
    private RequestSlot* FindRequest(MpiRequest request)
    {
        int index = Handles.IndexOf((int)request);
        if ((uint)index >= (uint)_requestCount)
        {
            return null;
        }

        RequestSlot* slot = _requests + index;
        return slot->HasHandle && Handles.IsOf((int)request, slot->Generation) ? slot : null;
    }

    /// <summary>Gives a request's place back.</summary>
    private void Release(RequestSlot* slot)
    {
        if (slot->Type != null)
        {
            TypeTable.Release(slot->Type);
        }

        if (slot->Comm != Nothing)
        {
            ReleaseComm(_comms + slot->Comm);
        }

        if (slot->KeepsTypes)
        {
            LetGo(slot);
        }

        if (slot->Owned != null)
        {
            ScratchHeap.Free(slot->Owned);
        }

        slot->State = RequestState.Free;
        slot->HasHandle = false;
        slot->Generation++;
        slot->Next = _freeRequest;
        _freeRequest = IndexOf(slot);
    }

    private void Append(ref SlotList list, RequestSlot* slot)
    {
        int index = IndexOf(slot);
        slot->Next = Nothing;
        if (list.Head == Nothing)
        {
            list.Head = index;
        }
        else
        {
            _requests[list.Tail].Next = index;
        }

        list.Tail = index;
    }

    /// <summary>Takes a request out of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="previous">The one before it; none when it is the first.</param>
    /// <param name="slot">The request.</param>
    private void Unlink(ref SlotList list, int previous, RequestSlot* slot)
    {
        if (previous == Nothing)
        {
            list.Head = slot->Next;
        }
        else
        {
            _requests[previous].Next = slot->Next;
        }

        if (slot->Next == Nothing)
        {
            list.Tail = previous;
        }

        slot->Next = Nothing;
    }

    /// <summary>Takes a request out of a list that it may be in.</summary>
    private bool TryUnlink(ref SlotList list, RequestSlot* slot)
    {
        int previous = Nothing;
        for (int i = list.Head; i != Nothing; i = _requests[i].Next)
        {
            if (_requests + i == slot)
            {
                Unlink(ref list, previous, slot);
                return true;
            }

            previous = i;
        }

        return false;
    }

    /// <summary>Ends a request.</summary>
    private void Complete(RequestSlot* slot, MpiError error)
    {
        if (slot->Error == MpiError.Success)
        {
            slot->Error = error;
        }

        slot->State = RequestState.Complete;
        int parent = slot->Parent;
        if (parent != Nothing)
        {
            error = slot->Error;
            Release(slot);
            EndPart(_requests + parent, error);
        }
        else if (slot->Kind == RequestKind.Control || !slot->HasHandle && slot->IsCancelling)
        {
            Release(slot);
        }
    }

    /// <summary>Ends a request that nobody will ask for: at once, or when it has run.</summary>
    private void Abandon(RequestSlot* slot)
    {
        slot->HasHandle = false;
        if (slot->State != RequestState.Active)
        {
            Release(slot);
        }
        else
        {
            // Ends as a control message does.
            slot->IsCancelling = true;
        }
    }
}
