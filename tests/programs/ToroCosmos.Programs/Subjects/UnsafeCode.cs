using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.Programs.Subjects;

internal static unsafe class UnsafeCode
{
    public static ProgramGroup All { get; } = new(nameof(UnsafeCode))
    {
        PointerWalk, FunctionPointerCalls, UnmanagedCallback, Layouts, ExplicitUnion, FixedBuffers, NativeMemories, AlignedMemory, HGlobals, StringsOfC, Structures, UnsafeMethods, Handles, BitFields, MemoryCopies, GenericSizes, Sorting, SafeHandles,
    };

    private static string PointerWalk()
    {
        int[] numbers = [1, 2, 3, 4];
        int sum = 0;
        fixed (int* first = numbers)
        {
            for (int* p = first + numbers.Length; p-- > first;)
            {
                sum = (sum * 10) + *p;
            }

            *(long*)first = 0x0000000600000005;
        }

        return Answer.Of(sum, numbers);
    }

    private static string FunctionPointerCalls()
    {
        delegate*<int, int>[] functions = [&Twice, &Square];
        return Answer.Of(functions[0](7), functions[1](7), Apply(&Square, 3));
    }

    private static string UnmanagedCallback()
    {
        delegate* unmanaged[Cdecl]<int, int> function = &Negate;
        return Answer.Of(function(5));
    }

    private static string Layouts() => Answer.Of(sizeof(Mixed), Marshal.SizeOf<Mixed>(), (int)Marshal.OffsetOf<Mixed>(nameof(Mixed.C)), sizeof(Packed), Unsafe.SizeOf<(byte, long)>(), sizeof(decimal), sizeof(Guid));

    private static string ExplicitUnion()
    {
        var union = new Union { Single = 1f };
        return Answer.Of(union.Bits, union.Last);
    }

    private static string FixedBuffers()
    {
        var buffer = new Buffered();
        for (int i = 0; i < 8; i++)
        {
            buffer.Data[i] = (byte)(i * i);
        }

        return Answer.Of(new ReadOnlySpan<byte>(buffer.Data, 8).ToArray(), sizeof(Buffered));
    }

    private static string NativeMemories()
    {
        int* numbers = (int*)NativeMemory.AllocZeroed(10, sizeof(int));
        numbers[9] = 7;
        numbers = (int*)NativeMemory.Realloc(numbers, 100 * sizeof(int));
        int kept = numbers[9], zero = numbers[0];
        NativeMemory.Fill(numbers, 8, 0xFF);
        int filled = numbers[1];
        NativeMemory.Free(numbers);
        return Answer.Of(kept, zero, filled);
    }

    private static string AlignedMemory()
    {
        void* memory = NativeMemory.AlignedAlloc(1000, 256);
        bool aligned = (nuint)memory % 256 == 0;
        memory = NativeMemory.AlignedRealloc(memory, 4000, 256);
        aligned &= (nuint)memory % 256 == 0;
        NativeMemory.AlignedFree(memory);
        return Answer.Of(aligned);
    }

    private static string HGlobals()
    {
        nint memory = Marshal.AllocHGlobal(16);
        Marshal.WriteInt64(memory, 8, 0x1122334455667788);
        byte low = Marshal.ReadByte(memory, 8);
        Marshal.Copy([1, 2, 3], 0, memory, 3);
        byte[] back = new byte[2];
        Marshal.Copy(memory + 1, back, 0, 2);
        Marshal.FreeHGlobal(memory);
        return Answer.Of(low, back);
    }

    private static string StringsOfC()
    {
        nint utf8 = Marshal.StringToCoTaskMemUTF8("grün");
        string? back = Marshal.PtrToStringUTF8(utf8);
        int length = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)utf8).Length;
        Marshal.FreeCoTaskMem(utf8);
        nint wide = Marshal.StringToHGlobalUni("ab");
        string? two = Marshal.PtrToStringUni(wide, 1);
        Marshal.FreeHGlobal(wide);
        return Answer.Of(back, length, two);
    }

    private static string Structures()
    {
        nint memory = Marshal.AllocHGlobal(sizeof(Mixed));
        *(Mixed*)memory = new Mixed { A = 1, B = 2.5, C = 3 };
        Mixed copy = Unsafe.ReadUnaligned<Mixed>((void*)memory);
        Marshal.FreeHGlobal(memory);
        return Answer.Of(copy.A, copy.B, copy.C);
    }

    private static string UnsafeMethods()
    {
        int[] numbers = [10, 20, 30];
        ref int second = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(numbers), 1);
        second++;
        object boxed = 5;
        Unsafe.Unbox<int>(boxed) = 6;
        return Answer.Of(numbers, boxed, Unsafe.As<int, float>(ref Unsafe.AsRef(in numbers[0])) > 0, Unsafe.BitCast<float, int>(1f), Unsafe.AreSame(ref numbers[1], ref second), (int)Unsafe.ByteOffset(ref numbers[0], ref numbers[2]));
    }

    private static string Handles()
    {
        byte[] data = [1, 2, 3];
        var pinned = GCHandle.Alloc(data, GCHandleType.Pinned);
        byte second = *((byte*)pinned.AddrOfPinnedObject() + 1);
        pinned.Free();
        object target = new();
        var weak = new WeakReference<object>(target);
        var normal = GCHandle.Alloc(target);
        bool same = GCHandle.FromIntPtr(GCHandle.ToIntPtr(normal)).Target == target;
        normal.Free();
        GC.KeepAlive(target);
        return Answer.Of(second, weak.TryGetTarget(out object? found), found == target, same, pinned.IsAllocated);
    }

    private static string BitFields()
    {
        uint packed = 0;
        packed |= 5u << 3;
        packed = (packed & ~(0xFFu << 8)) | (0xABu << 8);
        return Answer.Of(packed, (packed >> 8) & 0xF, System.Numerics.BitOperations.TrailingZeroCount(packed));
    }

    private static string MemoryCopies()
    {
        byte* source = stackalloc byte[100];
        byte* target = stackalloc byte[100];
        for (int i = 0; i < 100; i++)
        {
            source[i] = (byte)i;
        }

        Buffer.MemoryCopy(source, target, 100, 60);
        Unsafe.CopyBlock(target + 60, source, 40);
        int[] numbers = [1, 2, 3];
        Buffer.BlockCopy(numbers, 4, numbers, 0, 8);
        return Answer.Of(target[59], target[60], target[99], numbers, Buffer.ByteLength(numbers));
    }

    private static string GenericSizes() => Answer.Of(SizeOf<byte>(), SizeOf<Mixed>(), SizeOf<char>(), RuntimeHelpers.IsReferenceOrContainsReferences<Mixed>(), RuntimeHelpers.IsReferenceOrContainsReferences<string>());

    private static string Sorting()
    {
        Span<int> numbers = stackalloc int[64];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i * 37 % 64;
        }

        fixed (int* first = numbers)
        {
            for (int i = 1; i < numbers.Length; i++)
            {
                for (int j = i; j > 0 && first[j - 1] > first[j]; j--)
                {
                    (first[j], first[j - 1]) = (first[j - 1], first[j]);
                }
            }
        }

        return Answer.Of(numbers.ToArray().SequenceEqual(Enumerable.Range(0, 64)));
    }

    private static string SafeHandles()
    {
        List<nint> released = [];
        using (var handle = new Recorded(7, released))
        {
            bool added = false;
            handle.DangerousAddRef(ref added);
            handle.DangerousRelease();
        }

        return Answer.Of(released, new Recorded(-1, released).IsInvalid);
    }

    private static int SizeOf<T>()
        where T : unmanaged => sizeof(T);

    private static int Apply(delegate*<int, int> function, int n) => function(function(n));

    private static int Twice(int n) => 2 * n;

    private static int Square(int n) => n * n;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Negate(int n) => -n;

    private struct Mixed
    {
        public byte A;
        public double B;
        public short C;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte A;
        public long B;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public float Single;

        [FieldOffset(0)]
        public int Bits;

        [FieldOffset(3)]
        public byte Last;
    }

    private struct Buffered
    {
        public fixed byte Data[8];
    }

    private sealed class Recorded : SafeHandle
    {
        private readonly List<nint> _released;

        public Recorded(nint value, List<nint> released)
            : base(-1, ownsHandle: true)
        {
            _released = released;
            SetHandle(value);
        }

        public override bool IsInvalid => handle == -1;

        protected override bool ReleaseHandle()
        {
            _released.Add(handle);
            return true;
        }
    }
}
