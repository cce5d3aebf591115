using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using InterfaceDispatch = ToroCosmos.NativeAot.NativeAbi.InterfaceDispatch;
using WallClock = ToroCosmos.NativeAot.SystemNative.WallClock;

#pragma warning disable CA1859 // The tests call through the types they name, on purpose.

namespace ToroCosmos.KernelSuites;

/// <summary>What an ordinary C# program takes for granted of its runtime and class library.</summary>
internal static unsafe class RuntimeSuite
{
    private const int Rounds = 200;

    private static readonly long[] s_dates = new long[ProcessorList.Maximum];
    private static int s_arrived;

    private static readonly int s_lazy = int.Parse("42", CultureInfo.InvariantCulture);
    private static readonly object s_gate = new();
    private static int s_guarded;

    [ThreadStatic]
    private static int t_count;

    [KernelTest]
    internal static void Arithmetic()
    {
        Check.Equal(42, 7L * int.Parse("6", CultureInfo.InvariantCulture));
        Check.Equal(-3, -7 / 2);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Floating_point()
    {
        Check.That(Math.Abs(Math.Sin(1) - 0.8414709848) < 1e-9);
        Check.That(Math.Floor(-1.5) == -2);
        Check.That(Math.Pow(2, 10) == 1024);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Formatted_text() =>
        Check.That(string.Format(CultureInfo.InvariantCulture, "{0,5}|{1:F2}|{2:x}", 12, 3.14159, 255) == "   12|3.14|ff");

    [KernelTest]
    internal static void String_builder() =>
        Check.That(new StringBuilder().Append(1).Append(';').Append(true).ToString() == "1;True");

    [KernelTest("UTF-8")]
    internal static void Utf8() => Check.That(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("Grüße")) == "Grüße");

    [KernelTest(On = KernelTestCores.All)]
    internal static void Collections()
    {
        Check.Equal(2, new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }["b"]);
        Check.Equal(1, new List<int> { 3, 1, 2 }.Order().First());
    }

    [KernelTest("LINQ")]
    internal static void Linq() => Check.Equal(3366, Enumerable.Range(0, 100).Where(i => i % 3 == 0).Select(i => i * 2).Sum());

    [KernelTest]
    internal static void Static_constructor() => Check.Equal(42, s_lazy);

    [KernelTest(On = KernelTestCores.All)]
    internal static void Interface_calls_of_many_types()
    {
        IShape[] shapes = [new Square(2), new Circle(), new Line(), new Square(3), new Sides<byte>(4), new Sides<sbyte>(5), new Sides<short>(6), new Sides<ushort>(7), new Sides<int>(8), new Sides<uint>(9), new Sides<long>(10)];
        int sum = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach (IShape shape in shapes)
            {
                sum += shape.Area();
            }
        }

        Check.Equal(3 * (4 + 3 + 0 + 9 + 4 + 5 + 6 + 7 + 8 + 9 + 10), sum);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_call_site_of_any_number_of_types_calls_the_right_methods_on_all_cores_at_once()
    {
        List<IShape> shapes = ManyShapes();
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < shapes.Count; i++)
            {
                if (!Check.Equal(i, AreaOf(shapes[i])))
                {
                    return;
                }
            }
        }

        Check.That(Catch.Throws<NullReferenceException>(() => AreaOf(null!)));
    }

    [KernelTest]
    internal static void A_call_site_looks_for_the_method_of_each_type_once()
    {
        List<IShape> shapes = ManyShapes();
        Check.That(shapes.Count > 50);
        int before = InterfaceDispatch.Resolutions;
        int sum = shapes.Sum(CircumferenceOf);
        Check.That(InterfaceDispatch.Resolutions - before >= shapes.Count);
        before = InterfaceDispatch.Resolutions;
        Check.Equal(sum, shapes.Sum(CircumferenceOf));
        Check.Equal(before, InterfaceDispatch.Resolutions);
    }

    [KernelTest]
    internal static void The_frameworks_messages_are_sentences()
    {
        string message = new ArgumentNullException("x").Message;
        Check.That(message.StartsWith("Value cannot be null.", StringComparison.Ordinal), message);
    }

    [KernelTest]
    internal static void Casts()
    {
        Check.That((object)"x" is string);
        Check.That((object)5 is not string);
        Check.That(Catch.Throws<InvalidCastException>(() => _ = (IShape)Box(5)));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_lock_may_be_entered_twice()
    {
        object gate = new();
        lock (gate)
        {
            lock (gate)
            {
                Check.That(Monitor.IsEntered(gate));
            }

            Check.That(Monitor.IsEntered(gate));
        }

        Check.That(!Monitor.IsEntered(gate));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_lock_lets_one_core_in_at_a_time()
    {
        s_guarded = 0;
        Cores.RunOnAll(&AddGuarded);
        Check.Equal(Rounds * Cores.Count, s_guarded);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_has_thread_statics_of_its_own(int core)
    {
        t_count = 0;
        for (int i = 0; i <= core; i++)
        {
            t_count++;
        }

        Check.Equal(core + 1, t_count);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_sleeping_thread_wakes_in_time(int core)
    {
        TimedWait.CheckEnds(&SleepForIt, core);

        static void SleepForIt(int core) => Thread.Sleep((int)TimedWait.Microseconds / 1000);
    }

    [KernelTest]
    internal static void Stack_trace_of_the_current_thread() =>
        Check.That(Environment.StackTrace.Contains(nameof(RuntimeSuite), StringComparison.Ordinal));

    [KernelTest(On = KernelTestCores.All)]
    internal static void Large_array()
    {
        int[] array = new int[300_000];
        array[^1] = 5;
        Check.Equal(5, array.Sum());
        Check.That(array.All(i => i is 0 or 5));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Many_small_objects()
    {
        List<string> texts = [];
        for (int i = 0; i < 10_000; i++)
        {
            texts.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        Check.That(texts[2345] == "2345");
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Cores_that_ask_for_the_date_first_at_the_same_time_have_it_read_once_and_get_the_same()
    {
        DateTime before = DateTime.UtcNow;
        for (int round = 0; round < Rounds; round++)
        {
            WallClock.Forget();
            s_arrived = 0;
            int readings = WallClock.Readings;
            Cores.RunOnAll(&NoteDate);
            if (!Check.Equal(readings + 1, WallClock.Readings))
            {
                return;
            }

            DateTime after = DateTime.UtcNow;
            for (int core = 0; core < Cores.Count; core++)
            {
                // The clock counts whole seconds, and the time forgets the fraction it had.
                var date = new DateTime(s_dates[core], DateTimeKind.Utc);
                if (!Check.That(date >= before.AddSeconds(-2) && date <= after.AddSeconds(2), "a core has another date"))
                {
                    return;
                }
            }
        }
    }

    [KernelTest]
    internal static void Stopwatch_and_sleep()
    {
        var watch = Stopwatch.StartNew();
        Thread.Sleep(2);
        Check.That(watch.ElapsedMilliseconds >= 2 && watch.ElapsedMilliseconds * 1000 < TimedWait.PatienceMicroseconds);
    }

    [KernelTest]
    internal static void Weak_reference()
    {
        object target = new();
        var weak = new WeakReference<object>(target);
        Check.That(weak.TryGetTarget(out object? found) && ReferenceEquals(found, target));
    }

    [KernelTest]
    internal static void Events()
    {
        using var automatic = new AutoResetEvent(true);
        using var manual = new ManualResetEvent(false);
        Check.That(automatic.WaitOne(0));
        Check.That(!automatic.WaitOne(1));
        Check.That(!manual.WaitOne(0));
        manual.Set();
        Check.That(manual.WaitOne(0));
        Check.That(manual.WaitOne(0));
    }

    [KernelTest]
    internal static void Iterator() => Check.That(string.Join("+", Count(3)) == "0+1+2");

    [KernelTest(On = KernelTestCores.All)]
    internal static void Generic_virtual_method()
    {
        Check.That(Echo.Make().Say("x") == "x");
        Check.Equal(5, Echo.Make().Say(5));
    }

    [KernelTest]
    internal static void Delegate_of_many()
    {
        int sum = 0;
        Action add = () => sum += 1;
        add += () => sum += 10;
        add();
        Check.Equal(11, sum);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Stackalloc_of_many_pages()
    {
        Span<byte> buffer = stackalloc byte[64 * 1024];
        buffer.Fill(3);
        Check.Equal(3, buffer[^1]);
    }

    [KernelTest]
    internal static void Date()
    {
        Check.That(DateTime.UtcNow.Year >= 2024);
        DateTime first = DateTime.UtcNow;
        Check.That(DateTime.UtcNow >= first);
    }

    [KernelTest]
    internal static void Random_identifiers() => Check.That(Guid.NewGuid() != Guid.NewGuid());

    /// <summary>Shapes of different types, each with its index as its area.</summary>
    private static List<IShape> ManyShapes()
    {
        List<IShape> shapes = [];
        AddSides<bool>(shapes);
        AddSides<byte>(shapes);
        AddSides<sbyte>(shapes);
        AddSides<char>(shapes);
        AddSides<short>(shapes);
        AddSides<ushort>(shapes);
        AddSides<int>(shapes);
        AddSides<uint>(shapes);
        AddSides<long>(shapes);
        AddSides<ulong>(shapes);
        AddSides<float>(shapes);
        AddSides<double>(shapes);
        AddSides<nint>(shapes);
        AddSides<nuint>(shapes);
        return shapes;
    }

    private static void AddSides<T>(List<IShape> shapes)
        where T : struct
    {
        shapes.Add(new Sides<T>(shapes.Count));
        shapes.Add(new Sides<T?>(shapes.Count));
        shapes.Add(new Sides<T[]>(shapes.Count));
        shapes.Add(new Sides<(T, T)>(shapes.Count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AreaOf(IShape shape) => shape.Area();

    /// <summary>A call site of its own, which no other test warms up.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CircumferenceOf(IShape shape) => shape.Circumference();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Box(int value) => value;

    private static void NoteDate(int core)
    {
        Interlocked.Increment(ref s_arrived);
        while (Volatile.Read(ref s_arrived) < Cores.Count)
        {
            Cpu.Pause();
        }

        s_dates[core] = DateTime.UtcNow.Ticks;
    }

    private static void AddGuarded(int core)
    {
        for (int i = 0; i < Rounds; i++)
        {
            lock (s_gate)
            {
                s_guarded++;
            }
        }
    }

    private static IEnumerable<int> Count(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return i;
        }
    }

    private interface IShape
    {
        int Area();

        int Circumference();
    }

    private abstract class Echo
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static Echo Make() => s_lazy == 42 ? new LoudEcho() : new SilentEcho();

        public abstract T? Say<T>(T value);
    }

    private sealed class LoudEcho : Echo
    {
        public override T? Say<T>(T value)
            where T : default => value;
    }

    private sealed class SilentEcho : Echo
    {
        public override T? Say<T>(T value)
            where T : default => default;
    }

    private sealed class Square(int side) : IShape
    {
        public int Circumference() => 4 * side;

        public int Area() => side * side;
    }

    private sealed class Circle : IShape
    {
        public int Circumference() => 6;

        public int Area() => 3;
    }

    private sealed class Line : IShape
    {
        public int Circumference() => 0;

        public int Area() => 0;
    }

    /// <summary>A type of its own for each argument.</summary>
    private sealed class Sides<T>(int count) : IShape
    {
        public int Circumference() => count + 1;

        public int Area() => count;
    }
}
