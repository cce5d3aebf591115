using System.Runtime;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>
/// Handles of objects: two words each, the object and a dependent one. Objects never die and never move, so weak,
/// pinned and strong handles are the same.
/// </summary>
internal static unsafe class GcHandles
{
    private const int PerBlock = 256;

    private static SpinLock s_lock;
    private static Handle* s_free;

    private struct Handle
    {
        public nint Object;

        /// <summary>The dependent object; in a free handle the next free one.</summary>
        public nint Dependent;
    }

    [RuntimeExport("RhpHandleAlloc")]
    private static Handle* Allocate(nint target, int type) => New(target, 0);

    [RuntimeExport("RhpHandleAllocDependent")]
    private static Handle* AllocateDependent(nint target, nint dependent) => New(target, dependent);

    [RuntimeExport("RhHandleGetDependent")]
    private static nint GetDependent(Handle* handle, nint* dependent)
    {
        *dependent = handle->Dependent;
        return handle->Object;
    }

    [RuntimeExport("RhHandleSetDependentSecondary")]
    private static void SetDependent(Handle* handle, nint dependent) => handle->Dependent = dependent;

    [RuntimeExport("RhHandleSet")]
    private static void Set(Handle* handle, nint target) => handle->Object = target;

    [RuntimeExport("RhHandleFree")]
    private static void Free(Handle* handle)
    {
        s_lock.Enter();
        handle->Object = 0;
        handle->Dependent = (nint)s_free;
        s_free = handle;
        s_lock.Exit();
    }

    private static Handle* New(nint target, nint dependent)
    {
        s_lock.Enter();
        if (s_free == null)
        {
            Refill();
        }

        Handle* handle = s_free;
        s_free = (Handle*)handle->Dependent;
        handle->Object = target;
        handle->Dependent = dependent;
        s_lock.Exit();
        return handle;
    }

    private static void Refill()
    {
        var block = (Handle*)FrameAllocator.Allocate((ulong)(PerBlock * sizeof(Handle)), 16);
        if (block == null)
        {
            KernelPanic.Raise("out of memory for object handles"u8);
        }

        for (int i = 0; i < PerBlock; i++)
        {
            block[i].Dependent = (nint)s_free;
            s_free = block + i;
        }
    }
}
