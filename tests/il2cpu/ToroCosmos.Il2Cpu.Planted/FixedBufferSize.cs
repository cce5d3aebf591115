using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.Il2Cpu.Planted;

public static unsafe class FixedBufferSize
{
    [Violates("FixedBufferSize")]
    public static int SizeOf() => sizeof(Buffered);

    [Violates("FixedBufferSize")]
    public static int SizeOfAnOuterStructure() => sizeof(Outer);

    [Violates("FixedBufferSize")]
    public static Buffered* NextInMemory(Buffered* a) => a + 1;

    [Violates("FixedBufferSize")]
    public static int SizeByUnsafe() => Unsafe.SizeOf<Buffered>();

    [Violates("FixedBufferSize")]
    public static Buffered[] InAnArray() => new Buffered[2];

    public static byte UseOfTheBuffer(Buffered* a) => a->Bytes[3];

    public static int SizeOfAnExplicitSize() => sizeof(Sized);

    public static int SizeOfAPointer() => sizeof(Buffered*);

    public struct Buffered
    {
        public fixed byte Bytes[13];
    }

    public struct Outer
    {
        public int Number;
        public Buffered Buffer;
    }

    [StructLayout(LayoutKind.Sequential, Size = 13)]
    public struct Sized
    {
        public byte First;
    }
}
