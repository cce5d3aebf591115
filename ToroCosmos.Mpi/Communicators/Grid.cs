using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>Places in a grid of processes. Ranks run through the last dimension first.</summary>
internal static unsafe class Grid
{
    /// <summary>The most dimensions.</summary>
    public const int MaximumDimensions = 8;

    /// <summary>The place of a rank, in the grid's first dimensions.</summary>
    public static void PlaceOf(CommSlot* grid, int rank, int count, int* coords)
    {
        int places = grid->Size;
        for (int i = 0; i < grid->Dimensions; i++)
        {
            places /= grid->Places[i];
            int at = rank / places;
            rank -= at * places;
            if (i < count)
            {
                coords[i] = at;
            }
        }
    }

    /// <summary>The rank at a place that is moved along one dimension; nobody beyond the end of what is no ring.</summary>
    public static int RankAt(CommSlot* grid, int* coords, int direction, int displacement)
    {
        int rank = 0;
        for (int i = 0; i < grid->Dimensions; i++)
        {
            int places = grid->Places[i];
            int at = coords[i] + (i == direction ? displacement : 0);
            if (grid->Periods[i] != 0)
            {
                at %= places;
                at += at < 0 ? places : 0;
            }
            else if ((uint)at >= (uint)places)
            {
                return MpiConstants.ProcNull;
            }

            rank = (rank * places) + at;
        }

        return rank;
    }

    /// <summary>Puts those dimensions whose bits are set into falling order.</summary>
    public static void Sort(int* dims, int count, int found)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                if ((found & (1 << i)) != 0 && (found & (1 << j)) != 0 && dims[j] > dims[i])
                {
                    (dims[i], dims[j]) = (dims[j], dims[i]);
                }
            }
        }
    }

    /// <summary>The largest of so many divisors that are as equal as can be.</summary>
    public static int DivisorFor(int number, int divisors)
    {
        if (divisors == 1)
        {
            return number;
        }

        for (int divisor = 1; divisor < number; divisor++)
        {
            long power = 1;
            for (int i = 0; i < divisors && power < number; i++)
            {
                power *= divisor;
            }

            if (number % divisor == 0 && power >= number)
            {
                return divisor;
            }
        }

        return number;
    }
}
