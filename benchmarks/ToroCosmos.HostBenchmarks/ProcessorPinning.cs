using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace ToroCosmos.HostBenchmarks;

/// <summary>Ties threads to processors, so that what is measured is two processors and not the scheduler.</summary>
internal static unsafe partial class ProcessorPinning
{
    private const int MaskWords = 16;
    private const int WordBits = 64;
    private const int ThisThread = 0;

    /// <summary>
    /// Finds two processors that this process may use, on different cores where there are such: two threads of one core
    /// share its caches and its time.
    /// </summary>
    /// <param name="problem">Why there are none, and what to do.</param>
    public static (int First, int Second)? FindTwo(out string problem)
    {
        problem = "";
        if (!OperatingSystem.IsLinux())
        {
            problem = "threads are tied to processors by Linux's sched_setaffinity; run this in Linux, or in WSL on Windows.";
            return null;
        }

        int[] allowed = Allowed();
        if (allowed.Length < 2)
        {
            problem = "two processors are needed, and this process may use one; see 'taskset -p $$' and the container's limits.";
            return null;
        }

        string core = Siblings(allowed[0]);
        int other = allowed.Skip(1).FirstOrDefault(processor => Siblings(processor) != core, allowed[1]);
        return (allowed[0], other);
    }

    /// <summary>Ties the calling thread to a processor.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void PinThisThread(int processor)
    {
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[processor / WordBits] = 1UL << (processor % WordBits);
        if (SetAffinity(ThisThread, MaskWords * sizeof(ulong), mask) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static int[] Allowed()
    {
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        if (GetAffinity(ThisThread, MaskWords * sizeof(ulong), mask) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        ulong[] words = new Span<ulong>(mask, MaskWords).ToArray();
        return [.. Enumerable.Range(0, MaskWords * WordBits).Where(bit => (words[bit / WordBits] >> (bit % WordBits) & 1) != 0)];
    }

    /// <summary>The processors of the same core, as Linux lists them; the processor itself where Linux does not say.</summary>
    private static string Siblings(int processor)
    {
        try
        {
            return File.ReadAllText($"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list");
        }
        catch (IOException)
        {
            return $"{processor}";
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint maskBytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint maskBytes, ulong* mask);
}
