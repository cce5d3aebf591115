using System;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Mpi.Engine;

/// <content>What moves all operations: messages that have come, room for those that wait, collective operations.</content>
internal sealed unsafe partial class MessageEngine
{
    /// <summary>Waits until a request has ended.</summary>
    /// <returns>Success; or why it cannot end: it is still under way then.</returns>
    public MpiError Await(RequestSlot* slot)
    {
        while (slot->State == RequestState.Active)
        {
            if (!Progress() && slot->State == RequestState.Active)
            {
                MpiError error = Idle(slot);
                if (error != MpiError.Success)
                {
                    return error;
                }
            }
        }

        return MpiError.Success;
    }

    /// <summary>Looks again at once for a while, then sleeps until there is something to do.</summary>
    /// <param name="slot">What is waited for; null for anything.</param>
    public MpiError Idle(RequestSlot* slot)
    {
        for (int left = _spins; left > 0; left -= _size)
        {
            if (Progress())
            {
                return MpiError.Success;
            }
        }

        return _isExhausted ? MpiError.NoMem : slot != null && slot->State != RequestState.Active ? MpiError.Success : Sleep();
    }

    private MpiError Sleep()
    {
        int left = _size - 1;
        for (int core = 0; core < _size; core++)
        {
            left -= _gone[core];
        }

        if (left == 0)
        {
            // There is nobody who could send: this rank would wait for ever.
            return _size == 1 ? MpiError.Other : MpiError.ProcAborted;
        }

        for (int core = 0; core < _size; core++)
        {
            if (_pendingTo[core] > 0)
            {
                _ = _waits.Add(_end.RoomTo(core));
            }
        }

        WaitStatus status = _waits.Wait(_waitLimitNs, out _);
        for (int core = 0; core < _size; core++)
        {
            if (_pendingTo[core] > 0)
            {
                _ = _waits.Remove(_end.RoomTo(core));
            }
        }

        if (status == WaitStatus.Ok)
        {
            return MpiError.Success;
        }

        if (status == WaitStatus.TimedOut)
        {
            Fail(MpiError.Other);
            TellAll(PacketKind.Gone, 0);
        }

        return MpiError.Other;
    }

    /// <summary>Moves all that can be moved now: at most one message of each rank.</summary>
    /// <returns>Whether anything was.</returns>
    public bool Progress()
    {
        bool hasMoved = false;
        _isExhausted = false;
        for (int core = 0; core < _size; core++)
        {
            if (core != _core && TakeFrom(core))
            {
                hasMoved = true;
            }
        }

        if (_pending.Head != SlotList.Nothing && SendPending())
        {
            hasMoved = true;
        }

        while (_running.Head != SlotList.Nothing)
        {
            RequestSlot* slot = _requests.At(_running.Head);
            _requests.Unlink(ref _running, SlotList.Nothing, slot);
            Collectives.Run(slot);
            hasMoved = true;
        }

        return hasMoved;
    }

    /// <summary>Takes the next message of a rank, if there is one that can be taken.</summary>
    private bool TakeFrom(int core)
    {
        BusStatus status = _end.TryPeekFrom(core, out ReadOnlySpan<byte> message);
        if (status != BusStatus.Ok)
        {
            if (status is BusStatus.BrokenLink or BusStatus.Closed && _gone[core] == 0)
            {
                NoteGone(core);
                return true;
            }

            return false;
        }

        bool isTaken;
        fixed (byte* packet = message)
        {
            isTaken = TryHandle(core, packet, message.Length);
        }

        if (isTaken)
        {
            _ = _end.ReleaseFrom(core);
        }
        else
        {
            _isExhausted = true;
            _ = _end.CancelFrom(core);
        }

        return isTaken;
    }

    /// <summary>Acts on a message of the bus.</summary>
    /// <returns>False when there is no place for it: it stays where it is.</returns>
    private bool TryHandle(int core, byte* packet, int length)
    {
        if (length < PacketHeader.Bytes)
        {
            // From no process of this world.
            NoteGone(core);
            return true;
        }

        PacketHeader header = *(PacketHeader*)packet;
        byte* data = packet + PacketHeader.Bytes;
        int bytes = length - PacketHeader.Bytes;
        switch (header.Kind)
        {
            case PacketKind.Eager or PacketKind.EagerSynchronous:
                header.Length = bytes;
                return TryMatch(core, header, data, 0);
            case PacketKind.Announce:
                return bytes < sizeof(ulong) || TryMatch(core, header, null, *(ulong*)data);
            case PacketKind.Ready:
                BeginData(core, header);
                return true;
            case PacketKind.Data:
                TakeData(core, header, data, bytes);
                return true;
            case PacketKind.Done:
                EndSend(core, header);
                return true;
            case PacketKind.CancelAsk:
                return TryAnswerCancel(core, header);
            case PacketKind.CancelAnswer:
                EndCancel(core, header);
                return true;
            case PacketKind.CollectiveFailed:
                Collectives.NoteFailed(header);
                return true;
            case PacketKind.Abort:
                IsAborted = true;
                AbortCode = header.Tag;
                Fail(MpiError.ProcAborted);
                return true;
            default:
                NoteGone(core);
                return true;
        }
    }

    /// <summary>Gives a message to the first receive that fits, or keeps it.</summary>
    private bool TryMatch(int core, in PacketHeader header, byte* data, ulong address)
    {
        int previous = SlotList.Nothing;
        for (int i = _posted.Head; i != SlotList.Nothing; i = _requests.At(i)->Next)
        {
            RequestSlot* slot = _requests.At(i);
            if (slot->Context == header.Context
                && (slot->WantedCore == core || slot->WantedCore == MpiConstants.AnySource)
                && (slot->WantedTag == header.Tag || slot->WantedTag == MpiConstants.AnyTag))
            {
                _requests.Unlink(ref _posted, previous, slot);
                Deliver(slot, core, header, data, address);
                return true;
            }

            previous = i;
        }

        return _arrived.TryKeep(core, header, data, address);
    }

    /// <summary>A rank has ended, or its link is broken: what waits for it ends.</summary>
    private void NoteGone(int core)
    {
        if (_gone[core] != 0)
        {
            return;
        }

        _gone[core] = 1;
        int others = _size - 1;
        for (int i = 0; i < _size; i++)
        {
            others -= _gone[i];
        }

        for (int i = 0; i < _requests.Count; i++)
        {
            RequestSlot* slot = _requests.At(i);
            if (slot->State != RequestState.Active || slot->Kind == RequestKind.Collective)
            {
                continue;
            }

            if (slot->Phase == RequestPhase.Posted)
            {
                if (slot->WantedCore == core || (slot->WantedCore == MpiConstants.AnySource && others == 0))
                {
                    _ = _requests.TryUnlink(ref _posted, slot);
                    Complete(slot, MpiError.ProcAborted);
                }
            }
            else if (slot->Core == core && slot->Phase != RequestPhase.AwaitSelf)
            {
                if (_requests.TryUnlink(ref _pending, slot))
                {
                    _pendingTo[core]--;
                }

                Complete(slot, MpiError.ProcAborted);
            }
        }
    }
}
