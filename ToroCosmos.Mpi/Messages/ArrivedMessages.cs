using ToroCosmos.Memory;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Messages;

/// <summary>Messages that came, or were announced, before their receives were posted, in the order of their arrival.</summary>
internal sealed unsafe class ArrivedMessages
{
    private readonly UnexpectedSlot* _slots;
    private readonly int _count;
    private int _free;
    private SlotList _arrived = SlotList.Empty;

    /// <param name="slots">Places.</param>
    /// <param name="count">How many.</param>
    /// <param name="data">Memory for the data of each.</param>
    /// <param name="dataBytes">How much each has.</param>
    public ArrivedMessages(UnexpectedSlot* slots, int count, byte* data, int dataBytes)
    {
        _slots = slots;
        _count = count;
        for (int i = 0; i < count; i++)
        {
            slots[i] = new UnexpectedSlot
            {
                Next = i + 1 < count ? i + 1 : SlotList.Nothing,
                Data = data + ((nint)i * dataBytes),
            };
        }
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _arrived.Head == SlotList.Nothing;

    /// <summary>The one that came last.</summary>
    public UnexpectedSlot* Last => _slots + _arrived.Tail;

    /// <summary>How many there are, but for those of collective operations, which others may have begun by now.</summary>
    public int Count
    {
        get
        {
            int messages = 0;
            for (int i = _arrived.Head; i != SlotList.Nothing; i = _slots[i].Next)
            {
                messages += 1 - (_slots[i].Header.Context & 1);
            }

            return messages;
        }
    }

    /// <summary>The handle of one that a matched probe takes out of the line.</summary>
    public MpiMessage TakeFor(UnexpectedSlot* kept, int previous)
    {
        Unlink(kept, previous);
        kept->IsTaken = true;
        return (MpiMessage)(Handles.First + (int)(kept - _slots));
    }

    /// <summary>One that a matched probe has taken, by its handle; null when there is none.</summary>
    public UnexpectedSlot* FindTaken(MpiMessage message)
    {
        int index = (int)message - Handles.First;
        return (uint)index < (uint)_count && _slots[index].IsTaken ? _slots + index : null;
    }

    /// <summary>Takes one that its sender wants back out of the line.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryTakeBack(int core, int request)
    {
        int previous = SlotList.Nothing;
        for (int i = _arrived.Head; i != SlotList.Nothing; i = _slots[i].Next)
        {
            UnexpectedSlot* kept = _slots + i;
            if (kept->Core == core && kept->Header.Request == request
                && kept->Header.Kind is PacketKind.Announce or PacketKind.EagerSynchronous)
            {
                Unlink(kept, previous);
                Return(kept);
                return true;
            }

            previous = i;
        }

        return false;
    }

    /// <summary>Keeps a message until its receive is posted.</summary>
    public bool TryKeep(int core, in PacketHeader header, byte* data, ulong address)
    {
        int index = _free;
        if (index == SlotList.Nothing)
        {
            return false;
        }

        UnexpectedSlot* kept = _slots + index;
        _free = kept->Next;
        kept->Next = SlotList.Nothing;
        kept->IsTaken = false;
        kept->Core = core;
        kept->Header = header;
        kept->Address = address;
        if (data != null)
        {
            MemoryCopy.Copy(kept->Data, data, (uint)header.Length);
        }

        if (_arrived.Head == SlotList.Nothing)
        {
            _arrived.Head = index;
        }
        else
        {
            _slots[_arrived.Tail].Next = index;
        }

        _arrived.Tail = index;
        return true;
    }

    /// <summary>The oldest message that has come and fits, and the one before it; null when there is none.</summary>
    public UnexpectedSlot* Find(int context, int core, int tag, out int previous)
    {
        previous = SlotList.Nothing;
        for (int i = _arrived.Head; i != SlotList.Nothing; i = _slots[i].Next)
        {
            UnexpectedSlot* kept = _slots + i;
            if (kept->Header.Context == context
                && (kept->Core == core || core == MpiConstants.AnySource)
                && (kept->Header.Tag == tag || tag == MpiConstants.AnyTag))
            {
                return kept;
            }

            previous = i;
        }

        return null;
    }

    /// <summary>Takes the oldest message that has come and fits out of the line; null when there is none.</summary>
    public UnexpectedSlot* Take(int context, int core, int tag)
    {
        UnexpectedSlot* kept = Find(context, core, tag, out int previous);
        if (kept != null)
        {
            Unlink(kept, previous);
        }

        return kept;
    }

    private void Unlink(UnexpectedSlot* kept, int previous)
    {
        if (previous == SlotList.Nothing)
        {
            _arrived.Head = kept->Next;
        }
        else
        {
            _slots[previous].Next = kept->Next;
        }

        if (kept->Next == SlotList.Nothing)
        {
            _arrived.Tail = previous;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Return(UnexpectedSlot* kept)
    {
        kept->Next = _free;
        _free = (int)(kept - _slots);
    }
}
