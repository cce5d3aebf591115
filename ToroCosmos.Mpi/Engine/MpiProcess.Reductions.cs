using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>
/// Reductions (MPI 4.1, 6.9 to 6.11). The order in which elements are combined depends on the number of ranks and of elements
/// alone, so that sums of floating-point numbers repeat bit by bit; and it is that of the ranks, unless the operation allows
/// another one.
/// </content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>From so many bytes on an all-reduce moves parts: Rabenseifner's algorithm.</summary>
    private const int LongReduceBytes = 16384;

    /// <summary>MPI_Reduce.</summary>
    public MpiError Reduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, int root, MpiComm comm) =>
        Reduce(send, recv, count, type, op, root, comm, null);

    /// <summary>MPI_Ireduce.</summary>
    public MpiError Ireduce(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, int root, MpiComm comm, MpiRequest* request) =>
        Reduce(send, recv, count, type, op, root, comm, request);

    /// <summary>MPI_Allreduce.</summary>
    public MpiError Allreduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        Allreduce(send, recv, count, type, op, comm, null);

    /// <summary>MPI_Iallreduce.</summary>
    public MpiError Iallreduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request) =>
        Allreduce(send, recv, count, type, op, comm, request);

    /// <summary>MPI_Reduce_scatter_block: each rank gets so many elements of the result.</summary>
    public MpiError ReduceScatterBlock(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        ReduceScatter(send, recv, count, null, type, op, comm, null);

    /// <summary>MPI_Ireduce_scatter_block.</summary>
    public MpiError IreduceScatterBlock(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request) =>
        ReduceScatter(send, recv, count, null, type, op, comm, request);

    /// <summary>MPI_Reduce_scatter.</summary>
    /// <param name="counts">By rank, how many elements of the result it gets.</param>
    public MpiError ReduceScatter(byte* send, byte* recv, int* counts, MpiDatatype type, MpiOp op, MpiComm comm) =>
        ReduceScatter(send, recv, 0, counts, type, op, comm, null);

    /// <summary>MPI_Ireduce_scatter.</summary>
    public MpiError IreduceScatter(
        byte* send, byte* recv, int* counts, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request) =>
        ReduceScatter(send, recv, 0, counts, type, op, comm, request);

    /// <summary>MPI_Scan: each rank gets what it and all before it give.</summary>
    public MpiError Scan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        Scan(send, recv, count, type, op, comm, null, true);

    /// <summary>MPI_Iscan.</summary>
    public MpiError Iscan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request) =>
        Scan(send, recv, count, type, op, comm, request, true);

    /// <summary>MPI_Exscan: each rank gets what all before it give; the first nothing.</summary>
    public MpiError Exscan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        Scan(send, recv, count, type, op, comm, null, false);

    /// <summary>MPI_Iexscan.</summary>
    public MpiError Iexscan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request) =>
        Scan(send, recv, count, type, op, comm, request, false);

    private MpiError Reduce(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, int root, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isRoot = place->Rank == root;
        bool isInPlace = send == MpiConstants.InPlace && isRoot;
        error = CheckReduction(isInPlace ? recv : send, count, type, op);
        error = CheckRoot(place, root, error == MpiError.Success && isRoot ? CheckBuffer(recv, count, type, out _) : error);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        TypeSlot* layout = _types.Find(type);
        long span = SpanOf(layout, count);
        error = _collectives.Open(place, CollectiveKind.Reduce, root, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;

        // Where the order of the operands matters, the tree's root is the first rank, which passes the result on.
        int top = _operations.IsCommutative(op) ? root : 0;
        byte* own = isInPlace ? recv : send;
        _collectives.AddCopy(own, count, type, one, count, type);
        byte* result = _collectives.AddReduceTree(place, top, one, other, count, type, op);
        if (place->Rank == top)
        {
            if (isRoot)
            {
                _collectives.AddCopy(result, count, type, recv, count, type);
            }
            else
            {
                _collectives.AddSend(root, result, count, type);
            }
        }
        else if (isRoot)
        {
            _collectives.AddWait();
            _collectives.AddReceive(top, recv, count, type);
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Allreduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isInPlace = send == MpiConstants.InPlace;
        error = CheckReduction(isInPlace ? recv : send, count, type, op);
        error = error == MpiError.Success ? CheckBuffer(recv, count, type, out _) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        error = _collectives.Open(place, CollectiveKind.Allreduce, 0, StepsOf(place), out byte* room, SpanOf(layout, count));
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (!isInPlace)
        {
            _collectives.AddCopy(send, count, type, recv, count, type);
        }

        // A power of two of ranks takes part; of the first, each even one gives its elements to the next and gets the result.
        int power = 1;
        while (2 * power <= place->Size)
        {
            power <<= 1;
        }

        byte* one = recv;
        byte* other = room - layout->TrueLowerBound;
        int left = place->Size - power;
        int number = place->Rank < 2 * left ? place->Rank >> 1 : place->Rank - left;
        if (place->Rank < 2 * left)
        {
            if ((place->Rank & 1) == 0)
            {
                _collectives.AddSend(place->Rank + 1, one, count, type);
                _collectives.AddWait();
                _collectives.AddReceive(place->Rank + 1, recv, count, type);
                return Raise(comm, _collectives.Close(request));
            }

            _collectives.AddReceive(place->Rank - 1, other, count, type);
            _collectives.AddWait();
            _collectives.AddCombine(other, one, count, type, op);
        }

        bool isLong = (long)count * layout->Size >= LongReduceBytes && count >= power && TypeTable.IsBasic(type)
            && _operations.IsCommutative(op) && power > 1;
        if (isLong)
        {
            _collectives.AddHalving(number, power, left, one, other, count, type, op);
        }
        else
        {
            for (int bit = 1; bit < power; bit <<= 1)
            {
                int partner = number ^ bit;
                int rank = CollectiveEngine.RankOfNumber(partner, left);
                _collectives.AddReceive(rank, other, count, type);
                _collectives.AddSend(rank, one, count, type);
                _collectives.AddWait();
                if (partner < number)
                {
                    _collectives.AddCombine(other, one, count, type, op);
                }
                else
                {
                    _collectives.AddCombine(one, other, count, type, op);
                    byte* swapped = one;
                    one = other;
                    other = swapped;
                }
            }
        }

        if (place->Rank < 2 * left)
        {
            _collectives.AddSend(place->Rank - 1, one, count, type);
        }

        if (one != recv)
        {
            _collectives.AddCopy(one, count, type, recv, count, type);
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError ReduceScatter(
        byte* send, byte* recv, int count, int* counts, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        int size = place->Size;
        long all = 0;
        for (int rank = 0; rank < size && error == MpiError.Success; rank++)
        {
            int part = counts == null ? count : counts[rank];
            error = part < 0 ? MpiError.Count : MpiError.Success;
            all += part;
        }

        bool isInPlace = send == MpiConstants.InPlace;
        byte* from = isInPlace ? recv : send;
        error = error == MpiError.Success && all > int.MaxValue ? MpiError.Count : error;
        error = error == MpiError.Success ? CheckReduction(from, (int)all, type, op) : error;
        int own = counts == null ? count : counts[place->Rank];
        error = error == MpiError.Success ? CheckBuffer(recv, own, type, out _) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        bool isPairwise = _operations.IsCommutative(op);
        long span = SpanOf(layout, isPairwise ? own : (int)all);
        error = _collectives.Open(place, CollectiveKind.ReduceScatter, 0, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;
        if (isPairwise)
        {
            // Each sends every other one its part, and combines what comes for its own.
            _collectives.AddCopy(from + (StartOf(place->Rank, count, counts) * layout->Extent), own, type, one, own, type);
            for (int step = 1; step < size; step++)
            {
                int to = CollectiveEngine.Around(place, step);
                _collectives.AddReceive(CollectiveEngine.Around(place, -step), other, own, type);
                _collectives.AddSend(to, from + (StartOf(to, count, counts) * layout->Extent), counts == null ? count : counts[to], type);
                _collectives.AddWait();
                _collectives.AddCombine(other, one, own, type, op);
            }

            _collectives.AddCopy(one, own, type, recv, own, type);
            return Raise(comm, _collectives.Close(request));
        }

        _collectives.AddCopy(from, (int)all, type, one, (int)all, type);
        byte* result = _collectives.AddReduceTree(place, 0, one, other, (int)all, type, op);
        _collectives.AddWait();
        if (place->Rank != 0)
        {
            _collectives.AddReceive(0, recv, own, type);
            return Raise(comm, _collectives.Close(request));
        }

        for (int rank = 1; rank < size; rank++)
        {
            _collectives.AddSend(rank, result + (StartOf(rank, count, counts) * layout->Extent), counts == null ? count : counts[rank], type);
        }

        _collectives.AddCopy(result, own, type, recv, own, type);
        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Scan(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm, MpiRequest* request, bool isInclusive)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isInPlace = send == MpiConstants.InPlace;
        error = CheckReduction(isInPlace ? recv : send, count, type, op);
        if (error == MpiError.Success && (isInclusive || place->Rank > 0))
        {
            error = CheckBuffer(recv, count, type, out _);
        }

        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        long span = SpanOf(layout, count);
        error = _collectives.Open(
            place, isInclusive ? CollectiveKind.Scan : CollectiveKind.Exscan, 0, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        // "one" is what a stretch of ranks around this one gives: in each round twice as many, always neighbours.
        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;
        bool hasResult = isInclusive;
        _collectives.AddCopy(isInPlace ? recv : send, count, type, one, count, type);
        if (isInclusive && !isInPlace)
        {
            _collectives.AddCopy(send, count, type, recv, count, type);
        }

        for (int bit = 1; bit < place->Size; bit <<= 1)
        {
            int partner = place->Rank ^ bit;
            if (partner >= place->Size)
            {
                continue;
            }

            _collectives.AddReceive(partner, other, count, type);
            _collectives.AddSend(partner, one, count, type);
            _collectives.AddWait();
            if (partner > place->Rank)
            {
                _collectives.AddCombine(one, other, count, type, op);
                byte* swapped = one;
                one = other;
                other = swapped;
                continue;
            }

            if (hasResult)
            {
                _collectives.AddCombine(other, recv, count, type, op);
            }
            else
            {
                _collectives.AddCopy(other, count, type, recv, count, type);
            }

            hasResult = true;
            _collectives.AddCombine(other, one, count, type, op);
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError CheckReduction(byte* send, int count, MpiDatatype type, MpiOp op)
    {
        MpiError error = CheckBuffer(send, count, type, out _);
        return error == MpiError.Success ? _operations.Check(op, type) : error;
    }

    /// <summary>How much memory so many elements take, rounded up so that what follows is aligned.</summary>
    private static long SpanOf(TypeSlot* type, int count)
    {
        long span = count == 0 ? 0 : ((long)(count - 1) * type->Extent) + type->TrueExtent;
        return (span + 15) & ~15L;
    }

    private static int StartOf(int rank, int count, int* counts)
    {
        if (counts == null)
        {
            return rank * count;
        }

        int start = 0;
        for (int i = 0; i < rank; i++)
        {
            start += counts[i];
        }

        return start;
    }
}
