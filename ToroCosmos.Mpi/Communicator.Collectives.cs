using System;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <content>
/// What all ranks do together. A buffer of the root alone may be left empty on the others; each block has as many elements as
/// <c>values</c> or <c>block</c> has.
/// </content>
public sealed unsafe partial class Communicator
{
    /// <summary>Waits until all ranks are here.</summary>
    public void Barrier() => Check(_mpi.Barrier(Handle));

    /// <summary>Sends the root's elements to all.</summary>
    public void Broadcast<T>(Span<T> values, int root)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        fixed (T* first = values)
        {
            Check(_mpi.Bcast((byte*)first, values.Length * width, type, root, Handle));
        }
    }

    /// <summary>Sends the root's element to all.</summary>
    public void Broadcast<T>(ref T value, int root)
        where T : unmanaged => Broadcast(new Span<T>(ref value), root);

    /// <summary>The root gets a block of each rank.</summary>
    public void Gather<T>(ReadOnlySpan<T> values, int root, Span<T> all)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        CheckRoom(Rank == root ? all.Length : (long)values.Length * Size, values.Length);
        int count = values.Length * width;
        fixed (T* own = values)
        {
            fixed (T* first = all)
            {
                Check(_mpi.Gather((byte*)own, count, type, (byte*)first, count, type, root, Handle));
            }
        }
    }

    /// <summary>The root gives each rank a block.</summary>
    public void Scatter<T>(ReadOnlySpan<T> all, int root, Span<T> block)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        CheckRoom(Rank == root ? all.Length : (long)block.Length * Size, block.Length);
        int count = block.Length * width;
        fixed (T* first = all)
        {
            fixed (T* own = block)
            {
                Check(_mpi.Scatter((byte*)first, count, type, (byte*)own, count, type, root, Handle));
            }
        }
    }

    /// <summary>All get a block of each rank.</summary>
    public void Allgather<T>(ReadOnlySpan<T> values, Span<T> all)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        CheckRoom(all.Length, values.Length);
        int count = values.Length * width;
        fixed (T* own = values)
        {
            fixed (T* first = all)
            {
                Check(_mpi.Allgather((byte*)own, count, type, (byte*)first, count, type, Handle));
            }
        }
    }

    /// <summary>All get blocks of different lengths, one behind the other.</summary>
    /// <param name="counts">By rank, how many elements its block has.</param>
    public void AllgatherFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> all)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        Span<int> lengths = stackalloc int[Size];
        Span<int> places = stackalloc int[Size];
        CheckRoom(all.Length, Layout(counts, width, lengths, places), 1);
        fixed (T* own = values)
        {
            fixed (T* first = all)
            {
                fixed (int* length = lengths, place = places)
                {
                    Check(_mpi.Allgatherv((byte*)own, values.Length * width, type, (byte*)first, length, place, type, Handle));
                }
            }
        }
    }

    /// <summary>Each gives each a block.</summary>
    public void Alltoall<T>(ReadOnlySpan<T> send, Span<T> receive)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        int block = send.Length / Size;
        CheckRoom(receive.Length, block);
        fixed (T* from = send)
        {
            fixed (T* to = receive)
            {
                Check(_mpi.Alltoall((byte*)from, block * width, type, (byte*)to, block * width, type, Handle));
            }
        }
    }

    /// <summary>Each gives each a block of its own length, one behind the other.</summary>
    /// <param name="sendCounts">By rank, how many elements go to it.</param>
    /// <param name="receiveCounts">By rank, how many come from it.</param>
    public void AlltoallFlattened<T>(
        ReadOnlySpan<T> send, ReadOnlySpan<int> sendCounts, ReadOnlySpan<int> receiveCounts, Span<T> receive)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        Span<int> outLengths = stackalloc int[Size];
        Span<int> outPlaces = stackalloc int[Size];
        Span<int> inLengths = stackalloc int[Size];
        Span<int> inPlaces = stackalloc int[Size];
        CheckRoom(send.Length, Layout(sendCounts, width, outLengths, outPlaces), 1);
        CheckRoom(receive.Length, Layout(receiveCounts, width, inLengths, inPlaces), 1);
        fixed (T* from = send)
        {
            fixed (T* to = receive)
            {
                fixed (int* outLength = outLengths, outPlace = outPlaces, inLength = inLengths, inPlace = inPlaces)
                {
                    Check(_mpi.Alltoallv(
                        (byte*)from, outLength, outPlace, type, (byte*)to, inLength, inPlace, type, Handle));
                }
            }
        }
    }

    /// <summary>The root gets the elements of all ranks, combined.</summary>
    public void Reduce<T>(ReadOnlySpan<T> values, MpiOp op, int root, Span<T> result)
        where T : unmanaged
    {
        if (Rank == root && result.Length < values.Length)
        {
            Check(MpiError.Buffer, nameof(Reduce));
        }

        fixed (T* own = values)
        {
            fixed (T* first = result)
            {
                Check(_mpi.Reduce((byte*)own, (byte*)first, values.Length, NumberOf<T>(), op, root, Handle));
            }
        }
    }

    /// <summary>The root gets the elements of all ranks, combined; the others their own.</summary>
    public T Reduce<T>(T value, MpiOp op, int root)
        where T : unmanaged
    {
        T result = value;
        Reduce(new ReadOnlySpan<T>(&value, 1), op, root, new Span<T>(&result, 1));
        return result;
    }

    /// <summary>All get the elements of all ranks, combined.</summary>
    public void Allreduce<T>(ReadOnlySpan<T> values, MpiOp op, Span<T> result)
        where T : unmanaged
    {
        CheckRoom(result.Length, values.Length, 1);
        fixed (T* own = values)
        {
            fixed (T* first = result)
            {
                Check(_mpi.Allreduce((byte*)own, (byte*)first, values.Length, NumberOf<T>(), op, Handle));
            }
        }
    }

    /// <summary>All get the elements of all ranks, combined.</summary>
    public T Allreduce<T>(T value, MpiOp op)
        where T : unmanaged
    {
        T result;
        Allreduce(new ReadOnlySpan<T>(&value, 1), op, new Span<T>(&result, 1));
        return result;
    }

    /// <summary>Each gets its block of the elements of all ranks, combined.</summary>
    public void ReduceScatter<T>(ReadOnlySpan<T> values, MpiOp op, Span<T> block)
        where T : unmanaged
    {
        CheckRoom(values.Length, block.Length);
        fixed (T* own = values)
        {
            fixed (T* first = block)
            {
                Check(_mpi.ReduceScatterBlock((byte*)own, (byte*)first, block.Length, NumberOf<T>(), op, Handle));
            }
        }
    }

    /// <summary>Each gets what it and all ranks before it give, combined.</summary>
    public T Scan<T>(T value, MpiOp op)
        where T : unmanaged
    {
        T result;
        Check(_mpi.Scan((byte*)&value, (byte*)&result, 1, NumberOf<T>(), op, Handle));
        return result;
    }

    /// <summary>Each gets what all ranks before it give, combined; the first gets its own back.</summary>
    public T ExclusiveScan<T>(T value, MpiOp op)
        where T : unmanaged
    {
        T result = value;
        Check(_mpi.Exscan((byte*)&value, (byte*)&result, 1, NumberOf<T>(), op, Handle));
        return Rank == 0 ? value : result;
    }

    /// <summary>Checks that there is room for a block of each rank.</summary>
    private void CheckRoom(long room, int block) => CheckRoom(room, block, Size);

    private static void CheckRoom(long room, int block, int blocks)
    {
        if (room < (long)block * blocks)
        {
            Check(MpiError.Buffer, "A buffer is too short for the blocks of all ranks");
        }
    }

    /// <summary>Where blocks lie that follow each other.</summary>
    /// <returns>How many elements they have.</returns>
    private int Layout(ReadOnlySpan<int> counts, int width, Span<int> lengths, Span<int> places)
    {
        CheckRoom(counts.Length, 1);
        int all = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            lengths[rank] = counts[rank] * width;
            places[rank] = all * width;
            all += counts[rank];
        }

        return all;
    }
}
