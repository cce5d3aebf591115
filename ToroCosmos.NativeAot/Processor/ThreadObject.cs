using System.Runtime.CompilerServices;
using System.Threading;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// What the class library's <see cref="Thread"/> keeps to itself: on Unix it tells the system neither priority nor, from
/// another thread, name. Read where it is kept.
/// </summary>
internal static unsafe class ThreadObject
{
    /// <summary>The priority of a thread, from 0 to 4; that of an ordinary one for a thread without an object.</summary>
    public static int Priority(ThreadBlock* thread)
    {
        nint handle = thread->Handle;
        int priority = handle == 0 ? (int)ThreadPriority.Normal : (int)PriorityOf(Target(handle));
        return priority is >= (int)ThreadPriority.Lowest and <= (int)ThreadPriority.Highest ? priority : (int)ThreadPriority.Normal;
    }

    /// <summary>The name of a thread; null for none.</summary>
    public static string? Name(ThreadBlock* thread)
    {
        nint handle = thread->Handle;
        return handle == 0 ? null : NameOf(Target(handle));
    }

    /// <summary>A handle is the address of the object's address.</summary>
    private static Thread Target(nint handle) => Unsafe.As<nint, Thread>(ref *(nint*)handle);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_priority")]
    private static extern ref ThreadPriority PriorityOf(Thread thread);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_name")]
    private static extern ref string? NameOf(Thread thread);
}
