using System.Runtime;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>The first and the last that a started thread runs.</summary>
internal static unsafe class ThreadStart
{
    private static nint s_exitCallback;

    /// <summary>Sets what every thread calls when it has ended.</summary>
    public static void SetExitCallback(delegate* unmanaged<void> callback) => s_exitCallback = (nint)callback;

    /// <summary>Makes a thread and lets it run.</summary>
    /// <param name="stackBytes">The size of its stack; 0 for the kernel's choice.</param>
    /// <param name="entry">What it runs.</param>
    /// <param name="parameter">With what: a handle of the class library's <see cref="Thread"/>.</param>
    /// <returns>False when there is no memory.</returns>
    public static bool Run(ulong stackBytes, delegate*<nint, nint> entry, nint parameter)
    {
        if (!SchedulerStart.Ensure())
        {
            return false;
        }

        ThreadBlock* thread = ThreadTable.Create(stackBytes);
        if (thread == null)
        {
            return false;
        }

        thread->Entry = entry;
        thread->Parameter = parameter;
        thread->IsAlive = 1;
        thread->Handle = GCHandle.FromIntPtr(parameter).Target is Thread started ? GCHandle.ToIntPtr(GCHandle.Alloc(started)) : 0;
        Scheduler.Start(thread);
        return true;
    }

    [RuntimeExport("ToroThreadMain")]
    private static void Main(ThreadBlock* thread)
    {
        Scheduler.Arrive();
        var self = (CoreScheduler*)CoreBlock.Current()->Scheduler;
        if (thread == &self->Idle)
        {
            Scheduler.Idle(self);
        }

        Cpu.EnableInterrupts();
        thread->Entry(thread->Parameter);
        var callback = (delegate* unmanaged<void>)s_exitCallback;
        if (callback != null)
        {
            callback();
        }

        nint handle = thread->Handle;
        thread->Handle = 0;
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle).Free();
        }

        Cpu.DisableInterrupts();
        ThreadTable.End(thread);
        Scheduler.Leave();
    }
}
