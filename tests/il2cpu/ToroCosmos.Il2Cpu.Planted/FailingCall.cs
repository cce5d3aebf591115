using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ToroCosmos.Il2Cpu.Planted;

/// <summary>Each member of the class library that is known to fail.</summary>
public static unsafe class FailingCall
{
    [method: Violates("FailingCall")]
    public static event Action? Changed;

    [Violates("FailingCall")]
    public static int Increment(ref int a) => Interlocked.Increment(ref a);

    [Violates("FailingCall")]
    public static int CompareExchange(ref int a) => Interlocked.CompareExchange(ref a, 1, 0);

    [Violates("FailingCall")]
    public static void Barrier() => Interlocked.MemoryBarrier();

    [Violates("FailingCall")]
    public static void BarrierOfThread() => Thread.MemoryBarrier();

    [Violates("FailingCall")]
    public static int Lock(object a)
    {
        lock (a)
        {
            return 1;
        }
    }

    [Violates("FailingCall")]
    public static long VolatileLong(ref long a) => Volatile.Read(ref a);

    [Violates("FailingCall")]
    public static ulong VolatileUnsignedLong(ref ulong a) => Volatile.Read(ref a);

    [Violates("FailingCall")]
    public static void VolatileLongWrite(ref long a) => Volatile.Write(ref a, 1);

    [Violates("FailingCall")]
    public static double VolatileDouble(ref double a) => Volatile.Read(ref a);

    [Violates("FailingCall")]
    public static void VolatileDoubleWrite(ref double a) => Volatile.Write(ref a, 1);

    [Violates("FailingCall")]
    public static int PopCount(uint a) => BitOperations.PopCount(a);

    [Violates("FailingCall")]
    public static void CopyBlock(byte* to, byte* from) => Unsafe.CopyBlock(to, from, 8);

    [Violates("FailingCall")]
    public static void CopyBlockUnaligned(byte* to, byte* from) => Unsafe.CopyBlockUnaligned(to, from, 8);

    [Violates("FailingCall")]
    public static void InitBlock(byte* to) => Unsafe.InitBlock(to, 0, 8);

    [Violates("FailingCall")]
    public static int SizeOfAPointer() => IntPtr.Size;

    [Violates("FailingCall")]
    public static int SizeOfAnUnsignedPointer() => UIntPtr.Size;

    [Violates("FailingCall")]
    public static Action Both(Action a, Action b) => a + b;

    [Violates("FailingCall")]
    public static Action? Without(Action a, Action b) => a - b;

    public static void Raise() => Changed?.Invoke();

    public static uint VolatileInt(ref uint a) => Volatile.Read(ref a);

    public static nuint VolatileNative(ref nuint a) => Volatile.Read(ref a);

    public static Action? VolatileReference(ref Action a) => Volatile.Read(ref a);

    public static int LeadingZeros(uint a) => BitOperations.LeadingZeroCount(a);

    public static ulong Unaligned(byte* a) => Unsafe.ReadUnaligned<ulong>(a);

    public static int SizeByOperator() => sizeof(nint);

    public static int One(Func<int> a) => a();
}
