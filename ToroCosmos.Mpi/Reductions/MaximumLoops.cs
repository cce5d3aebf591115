using ToroCosmos.Mpi.Datatypes;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>The larger of two numbers.</summary>
internal static unsafe class MaximumLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <returns>False when there is no such arithmetic for them.</returns>
    public static bool TryApply(NumberKind kind, byte* left, byte* right, int count)
    {
        switch (kind)
        {
            case NumberKind.Int8:
                MaximumInt8((sbyte*)left, (sbyte*)right, count);
                return true;
            case NumberKind.UInt8:
                MaximumUInt8((byte*)left, (byte*)right, count);
                return true;
            case NumberKind.Int16:
                MaximumInt16((short*)left, (short*)right, count);
                return true;
            case NumberKind.UInt16:
                MaximumUInt16((ushort*)left, (ushort*)right, count);
                return true;
            case NumberKind.Int32:
                MaximumInt32((int*)left, (int*)right, count);
                return true;
            case NumberKind.UInt32:
                MaximumUInt32((uint*)left, (uint*)right, count);
                return true;
            case NumberKind.Int64:
                MaximumInt64((long*)left, (long*)right, count);
                return true;
            case NumberKind.UInt64:
                MaximumUInt64((ulong*)left, (ulong*)right, count);
                return true;
            case NumberKind.Float:
                MaximumFloat((float*)left, (float*)right, count);
                return true;
            case NumberKind.Double:
                MaximumDouble((double*)left, (double*)right, count);
                return true;
            default:
                return false;
        }
    }

    private static void MaximumInt8(sbyte* a, sbyte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumUInt8(byte* a, byte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumInt16(short* a, short* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumUInt16(ushort* a, ushort* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumInt32(int* a, int* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumUInt32(uint* a, uint* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumInt64(long* a, long* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumUInt64(ulong* a, ulong* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumFloat(float* a, float* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }

    private static void MaximumDouble(double* a, double* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] > b[i] ? a[i] : b[i];
        }
    }
}
