using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>The algorithms that take more than a line: trees, Bruck's, Rabenseifner's.</content>
internal sealed unsafe partial class CollectiveEngine
{
    /// <summary>A binomial tree from the root down.</summary>
    public void AddTree(CommSlot* place, int root, byte* buffer, int count, MpiDatatype type)
    {
        int size = place->Size;
        int own = place->Rank - root + (place->Rank < root ? size : 0);
        int distance = 1;
        while (distance < size && (own & distance) == 0)
        {
            distance <<= 1;
        }

        if (own != 0)
        {
            AddReceive(Around(place, -distance), buffer, count, type);
            AddWait();
        }

        for (distance >>= 1; distance > 0; distance >>= 1)
        {
            if (own + distance < size)
            {
                AddSend(Around(place, distance), buffer, count, type);
            }
        }
    }

    /// <summary>Bruck's algorithm: in round k each rank passes on all that it has, up to 2^k blocks.</summary>
    public void AddBruckGather(
        CommSlot* place, byte* recv, int count, MpiDatatype type, TypeSlot* layout, byte* ownBlock, byte* room)
    {
        int size = place->Size;
        int bytes = count * layout->Size;
        AddCopy(ownBlock, count, type, room, bytes, MpiDatatype.Byte);
        for (int have = 1; have < size; have <<= 1)
        {
            int passed = have < size - have ? have : size - have;
            AddReceive(Around(place, have), room + (have * bytes), passed * bytes, MpiDatatype.Byte);
            AddSend(Around(place, -have), room, passed * bytes, MpiDatatype.Byte);
            AddWait();
        }

        for (int step = 1; step < size; step++)
        {
            int rank = Around(place, step);
            AddCopy(room + (step * bytes), bytes, MpiDatatype.Byte, BlockAt(recv, layout, rank, count, null), count, type);
        }
    }

    /// <summary>The rank so many steps further, round and round.</summary>
    public static int Around(CommSlot* place, int steps)
    {
        int rank = place->Rank + steps;
        return rank < 0 ? rank + place->Size : rank >= place->Size ? rank - place->Size : rank;
    }

    /// <summary>Where a rank's block is: displacements count elements.</summary>
    public static byte* BlockAt(byte* buffer, TypeSlot* type, int rank, int count, int* displacements) =>
        buffer + ((displacements == null ? (nint)rank * count : displacements[rank]) * type->Extent);

    /// <summary>
    /// Bruck's algorithm: a block that has to go d ranks further goes on in the rounds of the bits of d, together with all
    /// others that have that bit.
    /// </summary>
    public void AddBruckExchange(
        CommSlot* place, byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType,
        int bytes, byte* room)
    {
        int size = place->Size;
        TypeSlot* from = _types.Find(sendType);
        TypeSlot* to = _types.Find(recvType);
        byte* outgoing = room + (size * bytes);
        byte* incoming = outgoing + (size * bytes);
        for (int step = 0; step < size; step++)
        {
            byte* block = BlockAt(send, from, Around(place, step), sendCount, null);
            AddCopy(block, sendCount, sendType, room + (step * bytes), bytes, MpiDatatype.Byte);
        }

        for (int bit = 1; bit < size; bit <<= 1)
        {
            int blocks = 0;
            for (int step = bit; step < size; step++)
            {
                if ((step & bit) != 0)
                {
                    AddCopy(room + (step * bytes), bytes, MpiDatatype.Byte, outgoing + (blocks * bytes), bytes, MpiDatatype.Byte);
                    blocks++;
                }
            }

            AddReceive(Around(place, -bit), incoming, blocks * bytes, MpiDatatype.Byte);
            AddSend(Around(place, bit), outgoing, blocks * bytes, MpiDatatype.Byte);
            AddWait();
            blocks = 0;
            for (int step = bit; step < size; step++)
            {
                if ((step & bit) != 0)
                {
                    AddCopy(incoming + (blocks * bytes), bytes, MpiDatatype.Byte, room + (step * bytes), bytes, MpiDatatype.Byte);
                    blocks++;
                }
            }
        }

        for (int step = 0; step < size; step++)
        {
            byte* block = BlockAt(recv, to, Around(place, -step), recvCount, null);
            AddCopy(room + (step * bytes), bytes, MpiDatatype.Byte, block, recvCount, recvType);
        }
    }

    /// <summary>A binomial tree up to a rank: each combines its own elements and those that come, in the order of the ranks.</summary>
    /// <param name="one">This rank's elements; used up.</param>
    /// <param name="other">Room for as many.</param>
    /// <returns>Where the result is, on the rank at the top.</returns>
    public byte* AddReduceTree(CommSlot* place, int top, byte* one, byte* other, int count, MpiDatatype type, MpiOp op)
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

    /// <summary>
    /// Rabenseifner's algorithm: each round halves the part whose result a rank computes; then the parts are gathered the
    /// same way back.
    /// </summary>
    public void AddHalving(int number, int power, int left, byte* one, byte* other, int count, MpiDatatype type, MpiOp op)
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

    /// <summary>Which rank has a number among those that take part.</summary>
    public static int RankOfNumber(int number, int left) => number < left ? (2 * number) + 1 : number + left;

    /// <summary>Where a part begins when elements are shared out among so many.</summary>
    private static int PartStart(int part, int parts, int count)
    {
        int each = count / parts;
        int more = count - (each * parts);
        return (part * each) + (part < more ? part : more);
    }
}
