using ToroCosmos.Mpi.Datatypes;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>The smaller of two numbers.</summary>
internal static unsafe class MinimumLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <returns>False when there is no such arithmetic for them.</returns>
    public static bool TryApply(NumberKind kind, byte* left, byte* right, int count)
    {
        switch (kind)
        {
            case NumberKind.Int8:
                MinimumInt8((sbyte*)left, (sbyte*)right, count);
                return true;
            case NumberKind.UInt8:
                MinimumUInt8((byte*)left, (byte*)right, count);
                return true;
            case NumberKind.Int16:
                MinimumInt16((short*)left, (short*)right, count);
                return true;
            case NumberKind.UInt16:
                MinimumUInt16((ushort*)left, (ushort*)right, count);
                return true;
            case NumberKind.Int32:
                MinimumInt32((int*)left, (int*)right, count);
                return true;
            case NumberKind.UInt32:
                MinimumUInt32((uint*)left, (uint*)right, count);
                return true;
            case NumberKind.Int64:
                MinimumInt64((long*)left, (long*)right, count);
                return true;
            case NumberKind.UInt64:
                MinimumUInt64((ulong*)left, (ulong*)right, count);
                return true;
            case NumberKind.Float:
                MinimumFloat((float*)left, (float*)right, count);
                return true;
            case NumberKind.Double:
                MinimumDouble((double*)left, (double*)right, count);
                return true;
            default:
                return false;
        }
    }

    private static void MinimumInt8(sbyte* a, sbyte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumUInt8(byte* a, byte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumInt16(short* a, short* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumUInt16(ushort* a, ushort* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumInt32(int* a, int* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumUInt32(uint* a, uint* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumInt64(long* a, long* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumUInt64(ulong* a, ulong* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumFloat(float* a, float* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    private static void MinimumDouble(double* a, double* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }
}
