using ToroCosmos.Mpi.Datatypes;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>The smallest or largest value and where it is; of equal ones the smaller place (MPI 4.1, 6.9.4).</summary>
internal static unsafe class LocationLoops
{
    /// <summary>Combines pairs; the result is on the right.</summary>
    /// <returns>False when the elements are no pairs.</returns>
    public static bool TryApply(bool isMinimum, NumberKind kind, byte* left, byte* right, int count)
    {
        switch (kind)
        {
            case NumberKind.FloatInt:
                FloatInt(isMinimum, left, right, count);
                return true;
            case NumberKind.DoubleInt:
                DoubleInt(isMinimum, left, right, count);
                return true;
            case NumberKind.LongInt:
                LongInt(isMinimum, left, right, count);
                return true;
            case NumberKind.TwoInt:
                TwoInt(isMinimum, left, right, count);
                return true;
            case NumberKind.ShortInt:
                ShortInt(isMinimum, left, right, count);
                return true;
            case NumberKind.TwoFloat:
                TwoFloat(isMinimum, left, right, count);
                return true;
            case NumberKind.TwoDouble:
                TwoDouble(isMinimum, left, right, count);
                return true;
            default:
                return false;
        }
    }

    private static void FloatInt(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 8, right += 8)
        {
            float a = *(float*)left;
            float b = *(float*)right;
            int* place = (int*)(right + 4);
            int other = *(int*)(left + 4);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(float*)right = a;
                *place = other;
            }
        }
    }

    private static void DoubleInt(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 16, right += 16)
        {
            double a = *(double*)left;
            double b = *(double*)right;
            int* place = (int*)(right + 8);
            int other = *(int*)(left + 8);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(double*)right = a;
                *place = other;
            }
        }
    }

    private static void LongInt(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 16, right += 16)
        {
            long a = *(long*)left;
            long b = *(long*)right;
            int* place = (int*)(right + 8);
            int other = *(int*)(left + 8);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(long*)right = a;
                *place = other;
            }
        }
    }

    private static void TwoInt(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 8, right += 8)
        {
            int a = *(int*)left;
            int b = *(int*)right;
            int* place = (int*)(right + 4);
            int other = *(int*)(left + 4);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(int*)right = a;
                *place = other;
            }
        }
    }

    private static void ShortInt(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 8, right += 8)
        {
            short a = *(short*)left;
            short b = *(short*)right;
            int* place = (int*)(right + 4);
            int other = *(int*)(left + 4);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(short*)right = a;
                *place = other;
            }
        }
    }

    private static void TwoFloat(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 8, right += 8)
        {
            float a = *(float*)left;
            float b = *(float*)right;
            float* place = (float*)(right + 4);
            float other = *(float*)(left + 4);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(float*)right = a;
                *place = other;
            }
        }
    }

    private static void TwoDouble(bool isMinimum, byte* left, byte* right, int count)
    {
        for (int i = 0; i < count; i++, left += 16, right += 16)
        {
            double a = *(double*)left;
            double b = *(double*)right;
            double* place = (double*)(right + 8);
            double other = *(double*)(left + 8);
            if (a == b)
            {
                *place = other < *place ? other : *place;
            }
            else if (a < b == isMinimum)
            {
                *(double*)right = a;
                *place = other;
            }
        }
    }
}
