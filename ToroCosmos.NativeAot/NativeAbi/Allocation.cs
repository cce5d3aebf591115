using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>
/// Allocation of objects. Each thread bumps a pointer through an area of its own; nothing is ever freed, because there is
/// no garbage collector. An object is preceded by a header word, so a pointer is 8 bytes above what it occupies.
/// </summary>
internal static unsafe class Allocation
{
    private const uint AreaSize = 64 * 1024;
    private const uint HeaderSize = 8;

    /// <summary>Objects from here on get memory of their own instead of wasting the rest of an area.</summary>
    private const ulong LargeObject = AreaSize / 8;
    private const long MaximumArrayLength = 0x7FFF_FFC7;

    private static ulong s_allocated;

    /// <summary>Bytes of the areas and large objects that all threads have taken.</summary>
    public static ulong Allocated => Volatile.Read(ref s_allocated);

    /// <summary>Makes an object when the thread's area has no room for it, or when the type asks for it.</summary>
    [RuntimeExport("ToroAllocateSlow")]
    private static void* AllocateSlow(MethodTable* type, uint size) => Object(type, size);

    // Finalizers never run: there is no collector to find an object dead.
    [RuntimeExport("RhpNewFinalizable")]
    private static void* NewFinalizable(MethodTable* type) => Object(type, type->BaseSize);

    [RuntimeExport("RhpNewArrayFast")]
    private static void* NewArrayFast(MethodTable* type, nint length) => Array(type, length);

    [RuntimeExport("RhpNewPtrArrayFast")]
    private static void* NewPointerArray(MethodTable* type, nint length) => Array(type, length);

    [RuntimeExport("RhpNewArray")]
    private static void* NewArray(MethodTable* type, nint length) => Array(type, length);

    [RuntimeExport("RhNewString")]
    private static void* NewString(MethodTable* type, nint length) => Array(type, length);

    [RuntimeExport("RhAllocateNewArray")]
    private static void AllocateNewArray(MethodTable* type, uint length, uint flags, void** result) =>
        *result = Array(type, (nint)length);

    [RuntimeExport("RhAllocateNewObject")]
    private static void AllocateNewObject(MethodTable* type, uint flags, void** result) =>
        *result = Object(type, type->BaseSize);

    private static void* Array(MethodTable* type, nint length)
    {
        if (length < 0 || length > MaximumArrayLength)
        {
            // A length that no array has, or one that this runtime's arrays do not have.
            FailedAllocation(type, length is < 0 or > int.MaxValue ? (byte)1 : (byte)0);
        }

        ulong size = type->BaseSize + ((ulong)length * type->ComponentSize);
        void* array = Object(type, (size + 7) & ~7UL);
        *(int*)((byte*)array + 8) = (int)length;
        return array;
    }

    private static void* Object(MethodTable* type, ulong size)
    {
        ThreadBlock* thread = ThreadBlock.Current();
        byte* pointer = thread->AllocationPointer;
        if (pointer == null || size > (ulong)(thread->AllocationLimit - pointer))
        {
            pointer = size >= LargeObject ? Large(type, size) : NewArea(thread, type, size);
            if (size >= LargeObject)
            {
                *(MethodTable**)pointer = type;
                return pointer;
            }
        }

        thread->AllocationPointer = pointer + size;
        *(MethodTable**)pointer = type;
        return pointer;
    }

    private static byte* NewArea(ThreadBlock* thread, MethodTable* type, ulong size)
    {
        // A started thread begins with little, for there may be thousands that allocate next to nothing.
        uint bytes = thread->NextArea is 0 || thread->NextArea < size + HeaderSize ? AreaSize : thread->NextArea;
        thread->NextArea = bytes < AreaSize ? bytes * 2 : AreaSize;
        byte* area = FrameAllocator.Allocate(bytes, 16);
        if (area == null)
        {
            FailedAllocation(type, 0);
        }

        Interlocked.Add(ref s_allocated, bytes);
        thread->AllocationLimit = area + bytes;
        return area + HeaderSize;
    }

    private static byte* Large(MethodTable* type, ulong size)
    {
        byte* memory = FrameAllocator.Allocate(size + HeaderSize, 16);
        if (memory == null)
        {
            FailedAllocation(type, 0);
        }

        Interlocked.Add(ref s_allocated, size + HeaderSize);
        return memory + HeaderSize;
    }

    /// <summary>Throws OutOfMemoryException, or OverflowException for a length that no array has.</summary>
    [RuntimeImport("*", "RhExceptionHandling_FailedAllocation")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FailedAllocation(MethodTable* type, byte isOverflow);
}
