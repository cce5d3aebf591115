using System;
using ToroCosmos.Memory;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Mpi.Engine;

/// <content>From a send to the bus. What finds no room waits in line, in order for each receiver.</content>
internal sealed unsafe partial class MessageEngine
{
    /// <summary>Begins to send.</summary>
    public void StartSend(RequestSlot* slot)
    {
        slot->State = RequestState.Active;
        slot->Error = MpiError.Success;
        slot->IsCancelled = false;
        slot->Core = slot->WantedCore;
        slot->StatusSource = MpiConstants.Undefined;
        slot->StatusTag = MpiConstants.Undefined;
        slot->StatusBytes = 0;
        if (slot->Core == _core)
        {
            SendSelf(slot);
            return;
        }

        slot->Phase = slot->Bytes <= _eagerBytes ? RequestPhase.SendEager : RequestPhase.SendAnnounce;
        SendOrQueue(slot);
    }

    /// <summary>Sends what a request has to send next, now or when there is room.</summary>
    public void SendOrQueue(RequestSlot* slot)
    {
        int core = slot->Core;
        if (_gone[core] != 0)
        {
            Complete(slot, MpiError.ProcAborted);
        }
        else if (_pendingTo[core] != 0 || !TryTransmit(slot))
        {
            _pendingTo[core]++;
            _requests.Append(ref _pending, slot);
        }
    }

    /// <summary>Sends what found no room before.</summary>
    /// <returns>Whether anything was sent.</returns>
    private bool SendPending()
    {
        bool hasSent = false;
        int previous = SlotList.Nothing;
        int index = _pending.Head;
        ulong blocked = 0;
        while (index != SlotList.Nothing)
        {
            RequestSlot* slot = _requests.At(index);
            int next = slot->Next;
            int core = slot->Core;
            ulong bit = 1UL << (core & 63);
            int moved = slot->Moved;
            if ((blocked & bit) == 0 && TryTransmit(slot))
            {
                _pendingTo[core]--;
                hasSent = true;

                // Sending may have ended the request, whose place is then in another list.
                _requests.Unlink(ref _pending, previous, index, next);
            }
            else
            {
                hasSent |= slot->Moved != moved;
                blocked |= bit;
                previous = index;
            }

            index = next;
        }

        return hasSent;
    }

    /// <summary>Sends what a request has to send next, if there is room.</summary>
    /// <returns>False when it has to wait for room.</returns>
    private bool TryTransmit(RequestSlot* slot)
    {
        int own = _requests.IndexOf(slot);
        PacketHeader header = new() { Tag = slot->WantedTag, Context = slot->Context, Signature = slot->Signature, Length = slot->Bytes };
        switch (slot->Phase)
        {
            case RequestPhase.SendEager:
                bool isSynchronous = slot->Mode == SendMode.Synchronous;
                header.Kind = isSynchronous ? PacketKind.EagerSynchronous : PacketKind.Eager;
                header.Request = own;
                if (!TrySend(slot->Core, header, slot->Type, slot->Buffer, 0, slot->Bytes, false))
                {
                    return false;
                }

                if (isSynchronous)
                {
                    slot->Phase = RequestPhase.AwaitDone;
                }
                else
                {
                    Complete(slot, MpiError.Success);
                }

                return true;
            case RequestPhase.SendAnnounce:
                return TryAnnounce(slot, header, own);
            case RequestPhase.SendData:
                return TrySendData(slot);
            case RequestPhase.SendReady:
                header = new PacketHeader { Kind = PacketKind.Ready, Request = slot->PeerRequest, Tag = own };
                if (!TrySendControl(slot->Core, header))
                {
                    return false;
                }

                slot->Phase = RequestPhase.AwaitData;
                return true;
            case RequestPhase.SendCancelAsk:
                header = new PacketHeader { Kind = PacketKind.CancelAsk, Request = slot->PeerRequest };
                return TryEndControl(slot, header);
            case RequestPhase.SendCancelAnswer:
                header = new PacketHeader { Kind = PacketKind.CancelAnswer, Request = slot->PeerRequest, Tag = slot->Total };
                return TryEndControl(slot, header);
            case RequestPhase.SendFailed:
                header = new PacketHeader
                {
                    Kind = PacketKind.CollectiveFailed,
                    Context = slot->Context,
                    Tag = slot->WantedTag,
                    Length = slot->Total,
                };
                return TryEndControl(slot, header);
            default:
                header = new PacketHeader { Kind = PacketKind.Done, Request = slot->PeerRequest };
                return TryEndControl(slot, header);
        }
    }

    private bool TryAnnounce(RequestSlot* slot, PacketHeader header, int own)
    {
        header.Kind = PacketKind.Announce;
        header.Request = own;
        byte* memory = slot->Buffer + slot->Type->TrueLowerBound;
        bool isLent = slot->Type->IsDense && _lendable != null && _lendable.Contains(memory, (uint)slot->Bytes);
        BusStatus status = _end.TryReserveTo(slot->Core, out Span<byte> room);
        if (status != BusStatus.Ok)
        {
            return false;
        }

        fixed (byte* packet = room)
        {
            *(PacketHeader*)packet = header;
            *(ulong*)(packet + PacketHeader.Bytes) = isLent ? (nuint)memory : 0;
        }

        slot->Phase = isLent ? RequestPhase.AwaitDone : RequestPhase.AwaitReady;
        _ = _end.CommitTo(slot->Core, PacketHeader.Bytes + sizeof(ulong));
        return true;
    }

    private bool TrySendData(RequestSlot* slot)
    {
        PacketHeader header = new() { Kind = PacketKind.Data, Request = slot->PeerRequest };
        while (slot->Moved < slot->Bytes)
        {
            int left = slot->Bytes - slot->Moved;
            int part = left < _eagerBytes ? left : _eagerBytes;
            if (!TrySend(slot->Core, header, slot->Type, slot->Buffer, slot->Moved, part, part < left))
            {
                return false;
            }

            slot->Moved += part;
        }

        Complete(slot, MpiError.Success);
        return true;
    }

    private bool TryEndControl(RequestSlot* slot, in PacketHeader header)
    {
        if (!TrySendControl(slot->Core, header))
        {
            return false;
        }

        Complete(slot, slot->Error);
        return true;
    }

    private bool TrySendControl(int core, PacketHeader header) =>
        _end.TrySendTo(core, new ReadOnlySpan<byte>(&header, PacketHeader.Bytes)) == BusStatus.Ok;

    /// <summary>Sends data behind a header, if there is room.</summary>
    private bool TrySend(int core, in PacketHeader header, TypeSlot* type, byte* buffer, int position, int bytes, bool more)
    {
        BusStatus status = _end.TryReserveTo(core, out Span<byte> room);
        if (status != BusStatus.Ok)
        {
            return false;
        }

        fixed (byte* packet = room)
        {
            *(PacketHeader*)packet = header;
            if (type->IsDense)
            {
                MemoryCopy.Copy(packet + PacketHeader.Bytes, buffer + type->TrueLowerBound + position, (uint)bytes);
            }
            else
            {
                TypeMover.Pack(type, buffer, position, packet + PacketHeader.Bytes, bytes);
            }
        }

        return _end.CommitTo(core, PacketHeader.Bytes + bytes, more) == BusStatus.Ok;
    }

    /// <summary>Sends to this rank itself.</summary>
    private void SendSelf(RequestSlot* slot)
    {
        int previous = SlotList.Nothing;
        for (int i = _posted.Head; i != SlotList.Nothing; i = _requests.At(i)->Next)
        {
            RequestSlot* receive = _requests.At(i);
            if (receive->Context == slot->Context
                && (receive->WantedCore == _core || receive->WantedCore == MpiConstants.AnySource)
                && (receive->WantedTag == slot->WantedTag || receive->WantedTag == MpiConstants.AnyTag))
            {
                _requests.Unlink(ref _posted, previous, receive);
                DeliverSelf(receive, slot);
                return;
            }

            previous = i;
        }

        bool isCopied = slot->Bytes <= _eagerBytes && slot->Mode != SendMode.Synchronous;
        PacketHeader header = new()
        {
            Kind = isCopied ? PacketKind.Eager : PacketKind.Announce,
            Tag = slot->WantedTag,
            Context = slot->Context,
            Signature = slot->Signature,
            Length = slot->Bytes,
            Request = _requests.IndexOf(slot),
        };
        if (!_arrived.TryKeep(_core, header, null, 0))
        {
            Complete(slot, MpiError.NoMem);
        }
        else if (isCopied)
        {
            TypeMover.Pack(slot->Type, slot->Buffer, 0, _arrived.Last->Data, slot->Bytes);
            Complete(slot, MpiError.Success);
        }
        else
        {
            slot->Phase = RequestPhase.AwaitSelf;
        }
    }

    /// <summary>The receiver of an announced message has a place for it.</summary>
    private void BeginData(int core, in PacketHeader header)
    {
        RequestSlot* slot = FindAwaiting(core, header.Request, RequestPhase.AwaitReady);
        if (slot != null)
        {
            slot->PeerRequest = header.Tag;
            slot->Moved = 0;
            slot->Phase = RequestPhase.SendData;
            SendOrQueue(slot);
        }
    }

    /// <summary>The receiver needs nothing of the sender's any more.</summary>
    private void EndSend(int core, in PacketHeader header)
    {
        RequestSlot* slot = FindAwaiting(core, header.Request, RequestPhase.AwaitDone);
        if (slot != null)
        {
            Complete(slot, MpiError.Success);
        }
    }

    /// <summary>A send that waits for another rank's answer; null for an answer to nothing.</summary>
    private RequestSlot* FindAwaiting(int core, int index, RequestPhase phase)
    {
        if ((uint)index >= (uint)_requests.Count)
        {
            return null;
        }

        RequestSlot* slot = _requests.At(index);
        return slot->State == RequestState.Active && slot->Phase == phase && slot->Core == core ? slot : null;
    }
}
