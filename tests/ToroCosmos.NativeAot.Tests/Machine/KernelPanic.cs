using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>A panic is an exception here.</summary>
internal static class KernelPanic
{
    [DoesNotReturn]
    public static void Raise(ReadOnlySpan<byte> reason) => throw new InvalidOperationException(Encoding.ASCII.GetString(reason));
}
