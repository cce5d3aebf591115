using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ToroCosmos.Programs.Subjects;

internal static class VectorCode
{
    public static ProgramGroup All { get; } = new(nameof(VectorCode))
    {
        Vector3s, MatrixProducts, Quaternions, PlanesAndRotations, VectorOfT, Vector128s, Vector256s, Vector512s, Shuffles, Masks, SumOfArray,
        CountOfByte, WidenNarrow, CrossPlatformMath,
    };

    private static string Vector3s()
    {
        Vector3 a = new(1, 2, 3), b = new(4, 5, 6);
        return Answer.Of(Vector3.Dot(a, b), Vector3.Cross(a, b).ToString(), (a * 2 + b).ToString(), Vector3.Distance(a, b).ToString("F5"), Vector2.One.Length().ToString("F5"), Vector3.Lerp(a, b, 0.5f).ToString());
    }

    private static string MatrixProducts()
    {
        Matrix4x4 move = Matrix4x4.CreateTranslation(1, 2, 3), scale = Matrix4x4.CreateScale(2);
        bool inverted = Matrix4x4.Invert(move * scale, out Matrix4x4 inverse);
        return Answer.Of(Vector3.Transform(Vector3.One, move * scale).ToString(), (scale * move).GetDeterminant(), inverted, Vector3.Transform(new(4, 6, 8), inverse).ToString(), Matrix3x2.Identity.IsIdentity);
    }

    private static string Quaternions()
    {
        Quaternion q = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2);
        Vector3 turned = Vector3.Transform(Vector3.UnitX, q);
        return Answer.Of(turned.X.ToString("F4").TrimStart('-'), turned.Y.ToString("F4"), q.LengthSquared().ToString("F4"), Quaternion.Slerp(Quaternion.Identity, q, 0.5f).Z.ToString("F4"));
    }

    private static string PlanesAndRotations() => Answer.Of(
        Plane.CreateFromVertices(new(0, 0, 1), new(1, 0, 1), new(0, 1, 1)).D, Vector3.Transform(Vector3.UnitY, Matrix4x4.CreateRotationX(MathF.PI / 2)).Z.ToString("F4"));

    private static string VectorOfT()
    {
        int[] numbers = [.. Enumerable.Range(0, 64)];
        Vector<int> sum = Vector<int>.Zero;
        for (int i = 0; i < numbers.Length; i += Vector<int>.Count)
        {
            sum += new Vector<int>(numbers, i) * 3;
        }

        return Answer.Of(Vector.Sum(sum), Vector.GreaterThanAll(sum, Vector<int>.Zero), Vector.Max(new Vector<int>(5), new Vector<int>(7))[0]);
    }

    private static string Vector128s()
    {
        Vector128<int> a = Vector128.Create(1, 2, 3, 4), b = Vector128.Create(10);
        return Answer.Of((a * b).ToString(), Vector128.Sum(a), Vector128.GreaterThan(a, Vector128.Create(2)).ToString(), (a - b).GetElement(3), Vector128.Dot(a, a), a.AsByte().GetElement(4));
    }

    private static string Vector256s()
    {
        Vector256<double> a = Vector256.Create(1.0, 4.0, 9.0, 16.0);
        return Answer.Of(Vector256.Sqrt(a).ToString(), Vector256.Max(a, Vector256.Create(5.0)).ToString(), a.GetUpper().ToString(), Vector256.EqualsAll(a, a));
    }

    private static string Vector512s()
    {
        Vector512<int> a = Vector512.CreateSequence(0, 2);
        return Answer.Of(Vector512.Sum(a), (a & Vector512.Create(4)).ToString(), Vector512.LessThan(a, Vector512.Create(10)).ExtractMostSignificantBits());
    }

    private static string Shuffles() => Answer.Of(
        Vector128.Shuffle(Vector128.Create(1, 2, 3, 4), Vector128.Create(3, 2, 1, 9)).ToString(), Vector128.Shuffle(Vector128.Create("abcdefghijklmnop"u8), Vector128.Create((byte)15)).GetElement(3));

    private static string Masks()
    {
        Vector128<short> a = Vector128.Create((short)1, -2, 3, -4, 5, -6, 7, -8);
        Vector128<short> negative = Vector128.LessThan(a, Vector128<short>.Zero);
        return Answer.Of(negative.ExtractMostSignificantBits(), Vector128.ConditionalSelect(negative, -a, a).ToString(), Vector128.Abs(a) == Vector128.ConditionalSelect(negative, -a, a));
    }

    private static string SumOfArray()
    {
        float[] numbers = [.. Enumerable.Range(1, 1000).Select(n => (float)n)];
        Vector<float> sum = Vector<float>.Zero;
        foreach (Vector<float> vector in MemoryMarshal.Cast<float, Vector<float>>(numbers.AsSpan(0, 992)))
        {
            sum += vector;
        }

        return Answer.Of(Vector.Sum(sum) + numbers.Skip(992).Sum());
    }

    private static string CountOfByte()
    {
        byte[] data = [.. Enumerable.Range(0, 5000).Select(n => (byte)(n * 31))];
        return Answer.Of(data.AsSpan().Count((byte)62), data.AsSpan().IndexOf((ReadOnlySpan<byte>)[124, 155, 186]), data.AsSpan().LastIndexOf((byte)1), data.AsSpan().SequenceEqual(data));
    }

    private static string WidenNarrow()
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create("0123456789abcdef"u8));
        return Answer.Of(low.ToString(), Vector128.Narrow(low, high).ToString(), Vector128.ConvertToSingle(Vector128.Create(1, -2, 3, 4)).ToString(), Vector128.ConvertToInt32(Vector128.Create(1.9f, -1.9f, 0, 3)).ToString());
    }

    private static string CrossPlatformMath() => Answer.Of(
        Vector128.Floor(Vector128.Create(1.5f, -1.5f, 2f, 0.1f)).ToString(), Vector128.Min(Vector128.Create(1, 9, 3, 7), Vector128.Create(5)).ToString(), Vector128.ShiftLeft(Vector128.Create(1u), 5).ToString(), Vector128.Negate(Vector128.Create(1L, -2)).ToString());
}
