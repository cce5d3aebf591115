using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Programs.Subjects;

/// <summary>Objects and their memory.</summary>
internal static class Lifetimes
{
    public static ProgramGroup All { get; } = new(nameof(Lifetimes))
    {
        ManySmallObjects, LargeArrays, WeakReferences, AttachedProperties, CollectReturns, Generations, AllocatedBytes, MemoryInfo, SettingsOfCollector, Boxing, StaticInitialization, CloningAndCopies, LinkedObjects, Pinned, SuppressedFinalizers, NoCollectionRegion, PressureAndWait,
    };

    private static string ManySmallObjects()
    {
        long sum = 0;
        for (int i = 0; i < 200_000; i++)
        {
            sum += new List<int>(1) { i }[0];
        }

        return Answer.Of(sum);
    }

    private static string LargeArrays()
    {
        byte[] large = new byte[20_000_000];
        large[^1] = 1;
        return Answer.Of(large.Length, large.Count(b => b == 0), GC.AllocateUninitializedArray<int>(1000).Length, GC.AllocateArray<byte>(10, pinned: true).Sum(b => b));
    }

    private static string WeakReferences()
    {
        object alive = new();
        var weak = new WeakReference(alive);
        var longWeak = new WeakReference<string>("text", trackResurrection: true);
        bool isAlive = weak.IsAlive;
        GC.KeepAlive(alive);
        return Answer.Of(isAlive, longWeak.TryGetTarget(out string? text), text);
    }

    private static string AttachedProperties()
    {
        var table = new ConditionalWeakTable<object, string>();
        object key = new();
        table.Add(key, "attached");
        string made = table.GetValue(new object(), _ => "made");
        return Answer.Of(table.TryGetValue(key, out string? value), value, made, table.TryGetValue(new object(), out _));
    }

    private static string CollectReturns()
    {
        object kept = new int[] { 1, 2, 3 };
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        return Answer.Of(((int[])kept).Sum());
    }

    private static string Generations() => Answer.Of(GC.MaxGeneration >= 0, GC.GetGeneration(new object()) >= 0, GC.CollectionCount(0) >= 0);

    private static string AllocatedBytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), total = GC.GetTotalAllocatedBytes();
        byte[] data = new byte[100_000];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(data);
        return Answer.Of(allocated is >= 100_000 and < 200_000, GC.GetTotalAllocatedBytes() >= total, GC.GetTotalMemory(forceFullCollection: false) > 0);
    }

    private static string MemoryInfo()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return Answer.Of(info.TotalAvailableMemoryBytes > 0, info.HighMemoryLoadThresholdBytes >= 0, info.HeapSizeBytes >= 0, Environment.WorkingSet >= 0);
    }

    private static string SettingsOfCollector() => Answer.Of(GCSettings.IsServerGC, Enum.IsDefined(GCSettings.LatencyMode), GCSettings.LargeObjectHeapCompactionMode);

    private static string Boxing()
    {
        object a = 5, b = 5;
        IComparable comparable = 7;
        var structure = new Counter();
        ((ICounter)structure).Add();
        ICounter boxed = structure;
        boxed.Add();
        return Answer.Of(ReferenceEquals(a, b), a.Equals(b), comparable.CompareTo(3), structure.Count, ((Counter)boxed).Count, (int?)(object?)null);
    }

    private static string StaticInitialization() => Answer.Of(Order.Log.Count, Order.Second, Order.First, Order.Log);

    private static string CloningAndCopies()
    {
        int[] original = [1, 2, 3];
        int[] clone = (int[])original.Clone();
        clone[0] = 9;
        var record = new Point(1, [2]);
        Point copy = record with { X = 5 };
        copy.Values[0] = 7;
        return Answer.Of(original, clone, record.X, record.Values, ReferenceEquals(record.Values, copy.Values));
    }

    private static string LinkedObjects()
    {
        Tree Make(int depth) => depth == 0 ? new Tree(null, null) : new Tree(Make(depth - 1), Make(depth - 1));
        return Answer.Of(Make(12).Count());
    }

    private static unsafe string Pinned()
    {
        string text = "pinned";
        fixed (char* first = text)
        {
            return Answer.Of(first[2], new string(first, 0, 3));
        }
    }

    private static string SuppressedFinalizers()
    {
        var disposable = new WithFinalizer();
        disposable.Dispose();
        return Answer.Of(disposable.Disposed);
    }

    private static string NoCollectionRegion()
    {
        bool started = GC.TryStartNoGCRegion(1 << 20);
        if (started)
        {
            GC.EndNoGCRegion();
        }

        return Answer.Of(started);
    }

    private static string PressureAndWait()
    {
        GC.AddMemoryPressure(1000);
        GC.RemoveMemoryPressure(1000);
        return "returned";
    }

    private interface ICounter
    {
        void Add();
    }

    private struct Counter : ICounter
    {
        public int Count;

        public void Add() => Count++;
    }

    private static class Order
    {
        public static readonly List<string> Log = ["log"];
        public static readonly int First = Note("first");
        public static readonly int Second = Note("second");

        private static int Note(string name)
        {
            Log.Add(name);
            return Log.Count;
        }
    }

    private sealed record Point(int X, int[] Values);

    private sealed class Tree(Tree? left, Tree? right)
    {
        public int Count() => 1 + (left?.Count() ?? 0) + (right?.Count() ?? 0);
    }

    private sealed class WithFinalizer : IDisposable
    {
        ~WithFinalizer() => Disposed = false;

        public bool Disposed { get; private set; }

        public void Dispose()
        {
            Disposed = true;
            GC.SuppressFinalize(this);
        }
    }
}
