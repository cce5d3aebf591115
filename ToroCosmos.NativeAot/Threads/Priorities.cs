using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// The level of a thread is the priority that its <see cref="Thread"/> was given last. The class library for Unix keeps
/// that to itself, so it is read where it is kept.
/// </summary>
internal static unsafe class Priorities
{
    public const int Normal = (int)ThreadPriority.Normal;
    public const int Core = ReadyQueue.Levels - 1;

    /// <summary>Brings a thread's level up to date. It is in no queue.</summary>
    public static void Refresh(ThreadBlock* thread)
    {
        // A handle is the address of the object's address.
        nint handle = thread->Handle;
        if (handle != 0)
        {
            int priority = (int)Of(Unsafe.As<nint, Thread>(ref *(nint*)handle));
            thread->Level = priority is >= (int)ThreadPriority.Lowest and <= (int)ThreadPriority.Highest ? priority : Normal;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_priority")]
    private static extern ref ThreadPriority Of(Thread thread);
}
