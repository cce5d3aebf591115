using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>And, or, exclusive or of all bits: the same for elements of every width.</summary>
internal static unsafe class BitLoops
{
    /// <summary>Combines elements; the result is on the right.</summary>
    /// <param name="bytes">The length of each side in bytes.</param>
    /// <returns>False when the elements are no integers.</returns>
    public static bool TryApply(MpiOp op, NumberKind kind, byte* left, byte* right, int bytes)
    {
        if (!(kind is (>= NumberKind.Int8 and <= NumberKind.UInt64) or NumberKind.Bits))
        {
            return false;
        }

        int i = 0;
        for (; i + sizeof(ulong) <= bytes; i += sizeof(ulong))
        {
            ulong a = *(ulong*)(left + i);
            ulong* b = (ulong*)(right + i);
            *b = op == MpiOp.BitwiseAnd ? a & *b : op == MpiOp.BitwiseOr ? a | *b : a ^ *b;
        }

        for (; i < bytes; i++)
        {
            int a = left[i];
            int b = right[i];
            right[i] = (byte)(op == MpiOp.BitwiseAnd ? a & b : op == MpiOp.BitwiseOr ? a | b : a ^ b);
        }

        return true;
    }
}
