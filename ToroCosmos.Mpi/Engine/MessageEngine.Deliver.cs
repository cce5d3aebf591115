using ToroCosmos.Memory;
using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>From a message to its receive.</content>
internal sealed unsafe partial class MessageEngine
{
    /// <summary>Begins to receive: takes the oldest message that fits, or waits in line for one.</summary>
    public void StartReceive(RequestSlot* slot)
    {
        slot->State = RequestState.Active;
        slot->Error = MpiError.Success;
        slot->IsCancelled = false;
        slot->Phase = RequestPhase.Posted;
        if (!_arrived.IsEmpty)
        {
            UnexpectedSlot* kept = _arrived.Take(slot->Context, slot->WantedCore, slot->WantedTag);
            if (kept != null)
            {
                DeliverKept(slot, kept);
                return;
            }
        }

        if (slot->WantedCore >= 0 && _gone[slot->WantedCore] != 0)
        {
            Complete(slot, MpiError.ProcAborted);
            return;
        }

        _requests.Append(ref _posted, slot);
    }

    /// <summary>Gives a message that has come to its receive.</summary>
    public void DeliverKept(RequestSlot* slot, UnexpectedSlot* kept)
    {
        if (kept->Core == _core && kept->Header.Kind == PacketKind.Announce)
        {
            DeliverSelf(slot, _requests.At(kept->Header.Request));
        }
        else
        {
            Deliver(slot, kept->Core, kept->Header, kept->Header.Kind == PacketKind.Announce ? null : kept->Data, kept->Address);
        }

        _arrived.Return(kept);
    }

    /// <summary>Puts a message where its receive wants it.</summary>
    private void Deliver(RequestSlot* slot, int core, in PacketHeader header, byte* data, ulong address)
    {
        slot->Core = core;
        slot->PeerRequest = header.Request;
        MpiError error = NoteMessage(slot, core, header, out int bytes);
        if (data == null && address == 0)
        {
            slot->Error = error;
            slot->Total = header.Length;
            slot->Moved = 0;
            slot->Phase = RequestPhase.SendReady;
            SendOrQueue(slot);
            return;
        }

        if (data == null)
        {
            data = (byte*)(nuint)address;
            if ((nuint)address != address || !_lendable!.Contains(data, (uint)header.Length))
            {
                error = MpiError.Intern;
                bytes = 0;
            }
        }

        if (slot->Type->IsDense)
        {
            MemoryCopy.Copy(slot->Buffer + slot->Type->TrueLowerBound, data, (uint)bytes);
        }
        else
        {
            TypeMover.Unpack(slot->Type, slot->Buffer, 0, data, bytes);
        }

        if (header.Kind == PacketKind.Eager)
        {
            Complete(slot, error);
            return;
        }

        slot->Error = error;
        slot->Phase = RequestPhase.SendDone;
        SendOrQueue(slot);
    }

    /// <summary>Puts a message of this rank to itself where its receive wants it, from where it lies.</summary>
    private void DeliverSelf(RequestSlot* slot, RequestSlot* send)
    {
        PacketHeader header = new() { Tag = send->WantedTag, Length = send->Bytes, Signature = send->Signature };
        MpiError error = NoteMessage(slot, _core, header, out int bytes);
        TypeMover.Copy(send->Type, send->Buffer, slot->Type, slot->Buffer, bytes, _parts, _packetBytes);
        Complete(slot, error);
        Complete(send, MpiError.Success);
    }

    /// <summary>Notes what a receive will tell of its message.</summary>
    /// <param name="bytes">How much of it fits.</param>
    private MpiError NoteMessage(RequestSlot* slot, int core, in PacketHeader header, out int bytes)
    {
        CommSlot* comm = _comms.At(slot->Comm);
        slot->StatusSource = comm->Ranks[core];
        slot->StatusTag = header.Tag;
        bool fits = (uint)header.Length <= (uint)slot->Bytes;
        bytes = fits ? header.Length : slot->Bytes;
        slot->StatusBytes = bytes;
        return !fits ? MpiError.Truncate : header.Signature != slot->Signature ? MpiError.Other : MpiError.Success;
    }

    /// <summary>Takes a part of a message that comes in parts.</summary>
    private void TakeData(int core, in PacketHeader header, byte* data, int bytes)
    {
        if ((uint)header.Request >= (uint)_requests.Count)
        {
            return;
        }

        RequestSlot* slot = _requests.At(header.Request);
        if (slot->State != RequestState.Active || slot->Phase != RequestPhase.AwaitData || slot->Core != core
            || bytes > slot->Total - slot->Moved)
        {
            return;
        }

        int room = slot->StatusBytes - slot->Moved;
        int part = bytes < room ? bytes : room;
        if (part > 0)
        {
            TypeMover.Unpack(slot->Type, slot->Buffer, slot->Moved, data, part);
        }

        slot->Moved += bytes;
        if (slot->Moved == slot->Total)
        {
            Complete(slot, slot->Error);
        }
    }
}
