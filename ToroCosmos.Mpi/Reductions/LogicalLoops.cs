using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>Logical and, or, exclusive or: what is not 0 is true, and true is 1.</summary>
internal static unsafe class LogicalLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <returns>False when there is no such arithmetic for them.</returns>
    public static bool TryApply(MpiOp op, NumberKind kind, byte* left, byte* right, int count)
    {
        int width;
        switch (kind)
        {
            case NumberKind.Int8 or NumberKind.UInt8 or NumberKind.Bool:
                width = 1;
                break;
            case NumberKind.Int16 or NumberKind.UInt16:
                width = 2;
                break;
            case NumberKind.Int32 or NumberKind.UInt32 or NumberKind.Logical:
                width = 4;
                break;
            case NumberKind.Int64 or NumberKind.UInt64:
                width = 8;
                break;
            default:
                return false;
        }

        for (int i = 0; i < count; i++)
        {
            bool a = IsTrue(left, width);
            bool b = IsTrue(right, width);
            bool result = op switch
            {
                MpiOp.LogicalAnd => a && b,
                MpiOp.LogicalOr => a || b,
                _ => a != b,
            };
            Set(right, width, result);
            left += width;
            right += width;
        }

        return true;
    }

    private static bool IsTrue(byte* element, int width)
    {
        for (int i = 0; i < width; i++)
        {
            if (element[i] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Set(byte* element, int width, bool value)
    {
        element[0] = value ? (byte)1 : (byte)0;
        for (int i = 1; i < width; i++)
        {
            element[i] = 0;
        }
    }
}
