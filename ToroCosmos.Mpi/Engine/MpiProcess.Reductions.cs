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
        error = Open(place, CollectiveKind.Reduce, root, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;

        // Where the order of the operands matters, the tree's root is the first rank, which passes the result on.
        int top = _operations.IsCommutative(op) ? root : 0;
        byte* own = isInPlace ? recv : send;
        AddCopy(own, count, type, one, count, type);
        byte* result = AddReduceTree(place, top, one, other, count, type, op);
        if (place->Rank == top)
        {
            if (isRoot)
            {
                AddCopy(result, count, type, recv, count, type);
            }
            else
            {
                AddSend(root, result, count, type);
            }
        }
        else if (isRoot)
        {
            AddWait();
            AddReceive(top, recv, count, type);
        }

        return Raise(comm, Close(request));
    }

    /// <summary>A binomial tree up to a rank: each combines its own elements and those that come, in the order of the ranks.</summary>
    /// <param name="one">This rank's elements; used up.</param>
    /// <param name="other">Room for as many.</param>
    /// <returns>Where the result is, on the rank at the top.</returns>
    private byte* AddReduceTree(CommSlot* place, int top, byte* one, byte* other, int count, MpiDatatype type, MpiOp op)
    {
        int size = place->Size;
        int own = place->Rank - top + (place->Rank < top ? size : 0);
        for (int distance = 1; distance < size; distance <<= 1)
        {
            if ((own & distance) != 0)
            {
                AddSend(Around(place, -distance), one, count, type);
                break;
            }

            if (own + distance < size)
            {
                AddReceive(Around(place, distance), other, count, type);
                AddWait();
                AddCombine(one, other, count, type, op);
                byte* swapped = one;
                one = other;
                other = swapped;
            }
        }

        return one;
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
            return Raise(comm, RefuseCollective(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        error = Open(place, CollectiveKind.Allreduce, 0, StepsOf(place), out byte* room, SpanOf(layout, count));
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (!isInPlace)
        {
            AddCopy(send, count, type, recv, count, type);
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
                AddSend(place->Rank + 1, one, count, type);
                AddWait();
                AddReceive(place->Rank + 1, recv, count, type);
                return Raise(comm, Close(request));
            }

            AddReceive(place->Rank - 1, other, count, type);
            AddWait();
            AddCombine(other, one, count, type, op);
        }

        bool isLong = (long)count * layout->Size >= LongReduceBytes && count >= power && TypeTable.IsBasic(type)
            && _operations.IsCommutative(op) && power > 1;
        if (isLong)
        {
            AddHalving(number, power, left, one, other, count, type, op);
        }
        else
        {
            for (int bit = 1; bit < power; bit <<= 1)
            {
                int partner = number ^ bit;
                int rank = RankOfNumber(partner, left);
                AddReceive(rank, other, count, type);
                AddSend(rank, one, count, type);
                AddWait();
                if (partner < number)
                {
                    AddCombine(other, one, count, type, op);
                }
                else
                {
                    AddCombine(one, other, count, type, op);
                    byte* swapped = one;
                    one = other;
                    other = swapped;
                }
            }
        }

        if (place->Rank < 2 * left)
        {
            AddSend(place->Rank - 1, one, count, type);
        }

        if (one != recv)
        {
            AddCopy(one, count, type, recv, count, type);
        }

        return Raise(comm, Close(request));
    }

    /// <summary>
    /// Rabenseifner's algorithm: each round halves the part whose result a rank computes; then the parts are gathered the
    /// same way back.
    /// </summary>
    private void AddHalving(int number, int power, int left, byte* one, byte* other, int count, MpiDatatype type, MpiOp op)
    {
        int width = _types.Find(type)->Size;
        int first = 0;
        int last = power;
        for (int half = power >> 1; half > 0; half >>= 1)
        {
            int rank = RankOfNumber(number ^ half, left);
            bool isUpper = (number & half) != 0;
            int middle = first + half;
            int keepFirst = isUpper ? middle : first;
            int keepLast = isUpper ? last : middle;
            int giveFirst = isUpper ? first : middle;
            int giveLast = isUpper ? middle : last;
            int keep = PartStart(keepFirst, power, count);
            int give = PartStart(giveFirst, power, count);
            int kept = PartStart(keepLast, power, count) - keep;
            AddReceive(rank, other + (keep * width), kept, type);
            AddSend(rank, one + (give * width), PartStart(giveLast, power, count) - give, type);
            AddWait();
            AddCombine(other + (keep * width), one + (keep * width), kept, type, op);
            first = keepFirst;
            last = keepLast;
        }

        for (int half = 1; half < power; half <<= 1)
        {
            int rank = RankOfNumber(number ^ half, left);
            bool isUpper = (number & half) != 0;
            int getFirst = isUpper ? first - half : last;
            int have = PartStart(first, power, count);
            int get = PartStart(getFirst, power, count);
            AddReceive(rank, one + (get * width), PartStart(getFirst + half, power, count) - get, type);
            AddSend(rank, one + (have * width), PartStart(last, power, count) - have, type);
            AddWait();
            first = isUpper ? getFirst : first;
            last = first + (2 * half);
        }
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
            return Raise(comm, RefuseCollective(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        bool isPairwise = _operations.IsCommutative(op);
        long span = SpanOf(layout, isPairwise ? own : (int)all);
        error = Open(place, CollectiveKind.ReduceScatter, 0, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;
        if (isPairwise)
        {
            // Each sends every other one its part, and combines what comes for its own.
            AddCopy(from + (StartOf(place->Rank, count, counts) * layout->Extent), own, type, one, own, type);
            for (int step = 1; step < size; step++)
            {
                int to = Around(place, step);
                AddReceive(Around(place, -step), other, own, type);
                AddSend(to, from + (StartOf(to, count, counts) * layout->Extent), counts == null ? count : counts[to], type);
                AddWait();
                AddCombine(other, one, own, type, op);
            }

            AddCopy(one, own, type, recv, own, type);
            return Raise(comm, Close(request));
        }

        AddCopy(from, (int)all, type, one, (int)all, type);
        byte* result = AddReduceTree(place, 0, one, other, (int)all, type, op);
        AddWait();
        if (place->Rank != 0)
        {
            AddReceive(0, recv, own, type);
            return Raise(comm, Close(request));
        }

        for (int rank = 1; rank < size; rank++)
        {
            AddSend(rank, result + (StartOf(rank, count, counts) * layout->Extent), counts == null ? count : counts[rank], type);
        }

        AddCopy(result, own, type, recv, own, type);
        return Raise(comm, Close(request));
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
            return Raise(comm, RefuseCollective(place, error));
        }

        TypeSlot* layout = _types.Find(type);
        long span = SpanOf(layout, count);
        error = Open(
            place, isInclusive ? CollectiveKind.Scan : CollectiveKind.Exscan, 0, StepsOf(place), out byte* room, 2 * span);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        // "one" is what a stretch of ranks around this one gives: in each round twice as many, always neighbours.
        byte* one = room - layout->TrueLowerBound;
        byte* other = one + (nint)span;
        bool hasResult = isInclusive;
        AddCopy(isInPlace ? recv : send, count, type, one, count, type);
        if (isInclusive && !isInPlace)
        {
            AddCopy(send, count, type, recv, count, type);
        }

        for (int bit = 1; bit < place->Size; bit <<= 1)
        {
            int partner = place->Rank ^ bit;
            if (partner >= place->Size)
            {
                continue;
            }

            AddReceive(partner, other, count, type);
            AddSend(partner, one, count, type);
            AddWait();
            if (partner > place->Rank)
            {
                AddCombine(one, other, count, type, op);
                byte* swapped = one;
                one = other;
                other = swapped;
                continue;
            }

            if (hasResult)
            {
                AddCombine(other, recv, count, type, op);
            }
            else
            {
                AddCopy(other, count, type, recv, count, type);
            }

            hasResult = true;
            AddCombine(other, one, count, type, op);
        }

        return Raise(comm, Close(request));
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

    /// <summary>Which rank has a number among those that take part.</summary>
    private static int RankOfNumber(int number, int left) => number < left ? (2 * number) + 1 : number + left;

    /// <summary>Where a part begins when elements are shared out among so many.</summary>
    private static int PartStart(int part, int parts, int count)
    {
        int each = count / parts;
        int more = count - (each * parts);
        return (part * each) + (part < more ? part : more);
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
