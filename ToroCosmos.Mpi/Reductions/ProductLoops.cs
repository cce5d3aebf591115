using ToroCosmos.Mpi.Datatypes;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>Products.</summary>
internal static unsafe class ProductLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <returns>False when there is no such arithmetic for them.</returns>
    public static bool TryApply(NumberKind kind, byte* left, byte* right, int count)
    {
        switch (kind)
        {
            case NumberKind.Int8:
                ProductInt8((sbyte*)left, (sbyte*)right, count);
                return true;
            case NumberKind.UInt8:
                ProductUInt8((byte*)left, (byte*)right, count);
                return true;
            case NumberKind.Int16:
                ProductInt16((short*)left, (short*)right, count);
                return true;
            case NumberKind.UInt16:
                ProductUInt16((ushort*)left, (ushort*)right, count);
                return true;
            case NumberKind.Int32:
                ProductInt32((int*)left, (int*)right, count);
                return true;
            case NumberKind.UInt32:
                ProductUInt32((uint*)left, (uint*)right, count);
                return true;
            case NumberKind.Int64:
                ProductInt64((long*)left, (long*)right, count);
                return true;
            case NumberKind.UInt64:
                ProductUInt64((ulong*)left, (ulong*)right, count);
                return true;
            case NumberKind.Float:
                ProductFloat((float*)left, (float*)right, count);
                return true;
            case NumberKind.Double:
                ProductDouble((double*)left, (double*)right, count);
                return true;
            case NumberKind.FloatComplex:
                ProductFloatComplex((float*)left, (float*)right, count);
                return true;
            case NumberKind.DoubleComplex:
                ProductDoubleComplex((double*)left, (double*)right, count);
                return true;
            default:
                return false;
        }
    }

    private static void ProductInt8(sbyte* a, sbyte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (sbyte)(a[i] * b[i]);
        }
    }

    private static void ProductUInt8(byte* a, byte* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (byte)(a[i] * b[i]);
        }
    }

    private static void ProductInt16(short* a, short* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (short)(a[i] * b[i]);
        }
    }

    private static void ProductUInt16(ushort* a, ushort* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = (ushort)(a[i] * b[i]);
        }
    }

    private static void ProductInt32(int* a, int* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductUInt32(uint* a, uint* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductInt64(long* a, long* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductUInt64(ulong* a, ulong* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductFloat(float* a, float* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductDouble(double* a, double* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            b[i] = a[i] * b[i];
        }
    }

    private static void ProductFloatComplex(float* a, float* b, int count)
    {
        for (int i = 0; i < 2 * count; i += 2)
        {
            float real = (a[i] * b[i]) - (a[i + 1] * b[i + 1]);
            b[i + 1] = (a[i] * b[i + 1]) + (a[i + 1] * b[i]);
            b[i] = real;
        }
    }

    private static void ProductDoubleComplex(double* a, double* b, int count)
    {
        for (int i = 0; i < 2 * count; i += 2)
        {
            double real = (a[i] * b[i]) - (a[i + 1] * b[i + 1]);
            b[i + 1] = (a[i] * b[i + 1]) + (a[i + 1] * b[i]);
            b[i] = real;
        }
    }
}
