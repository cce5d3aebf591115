using ToroCosmos.Mpi.Datatypes;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>Sums.</summary>
internal static unsafe class SumLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <returns>False when there is no such arithmetic for them.</returns>
    public static bool TryApply(NumberKind kind, byte* left, byte* right, int count)
    {
        switch (kind)
        {
            case NumberKind.Int8:
                SumInt8((sbyte*)left, (sbyte*)right, count);
                return true;
            case NumberKind.UInt8:
                SumUInt8((byte*)left, (byte*)right, count);
                return true;
            case NumberKind.Int16:
                SumInt16((short*)left, (short*)right, count);
                return true;
            case NumberKind.UInt16:
                SumUInt16((ushort*)left, (ushort*)right, count);
                return true;
            case NumberKind.Int32:
                SumInt32((int*)left, (int*)right, count);
                return true;
            case NumberKind.UInt32:
                SumUInt32((uint*)left, (uint*)right, count);
                return true;
            case NumberKind.Int64:
                SumInt64((long*)left, (long*)right, count);
                return true;
            case NumberKind.UInt64:
                SumUInt64((ulong*)left, (ulong*)right, count);
                return true;
            case NumberKind.Float:
                SumFloat((float*)left, (float*)right, count);
                return true;
            case NumberKind.Double:
                SumDouble((double*)left, (double*)right, count);
                return true;
            case NumberKind.FloatComplex:
                SumFloatComplex((float*)left, (float*)right, count);
                return true;
            case NumberKind.DoubleComplex:
                SumDoubleComplex((double*)left, (double*)right, count);
                return true;
            default:
                return false;
        }
    }

    private static void SumInt8(sbyte* a, sbyte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (sbyte)(a[i] + b[i]);
        }
    }

    private static void SumUInt8(byte* a, byte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (byte)(a[i] + b[i]);
        }
    }

    private static void SumInt16(short* a, short* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (short)(a[i] + b[i]);
        }
    }

    private static void SumUInt16(ushort* a, ushort* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (ushort)(a[i] + b[i]);
        }
    }

    private static void SumInt32(int* a, int* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumUInt32(uint* a, uint* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumInt64(long* a, long* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumUInt64(ulong* a, ulong* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumFloat(float* a, float* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumDouble(double* a, double* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] + b[i];
        }
    }

    private static void SumFloatComplex(float* a, float* b, int count) => SumFloat(a, b, 2 * count);

    private static void SumDoubleComplex(double* a, double* b, int count) => SumDouble(a, b, 2 * count);
}
