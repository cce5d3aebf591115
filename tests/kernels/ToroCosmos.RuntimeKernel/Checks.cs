using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

#pragma warning disable CA1859 // The checks call through the types they name, on purpose.
#pragma warning disable CA2219 // A finally that throws is one of the checks.

namespace ToroCosmos.RuntimeKernel;

/// <summary>What an ordinary C# program takes for granted.</summary>
internal static class Checks
{
    [ThreadStatic]
    private static int t_value;

    private static readonly int s_lazy = int.Parse("42", CultureInfo.InvariantCulture);

    private interface IShape
    {
        int Area();
    }

    public static (string Name, Func<bool> Check)[] All =>
    [
        ("arithmetic", () => 7L * int.Parse("6", CultureInfo.InvariantCulture) == 42 && -7 / 2 == -3),
        ("floating point", () => Math.Abs(Math.Sin(1) - 0.8414709848) < 1e-9 && Math.Floor(-1.5) == -2 && Math.Pow(2, 10) == 1024),
        ("text", () => string.Format(CultureInfo.InvariantCulture, "{0,5}|{1:F2}|{2:x}", 12, 3.14159, 255) == "   12|3.14|ff"),
        ("string builder", () => new StringBuilder().Append(1).Append(';').Append(true).ToString() == "1;True"),
        ("utf-8", () => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("Grüße")) == "Grüße"),
        ("collections", () => new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }["b"] == 2 && new List<int> { 3, 1, 2 }.Order().First() == 1),
        ("linq", () => Enumerable.Range(0, 100).Where(i => i % 3 == 0).Select(i => i * 2).Sum() == 3366),
        ("static constructor", () => s_lazy == 42),
        ("interface calls of many types", InterfaceCalls),
        ("casts", () => (object)"x" is string && (object)5 is not string && Throws<InvalidCastException>(() => _ = (IShape)Box(5))),
        ("thread static", () => ++t_value == 1 && ++t_value == 2),
        ("lock", Locking),
        ("catch", () => Throws<InvalidOperationException>(() => throw new InvalidOperationException())),
        ("catch through frames with finally", FinallyOrder),
        ("filter", Filter),
        ("exception in a filter is swallowed", FilterThrows),
        ("throw inside catch", ThrowInsideCatch),
        ("throw inside finally replaces the first exception", ThrowInsideFinally),
        ("rethrow keeps the exception", Rethrow),
        ("nested catch in catch", NestedCatch),
        ("null reference", () => Throws<NullReferenceException>(() => _ = NoString().Length)),
        ("null reference in a helper", () => Throws<NullReferenceException>(() => Store(null!, "x"))),
        ("null receiver of an interface call", () => Throws<NullReferenceException>(() => _ = NoShape().Area())),
        ("division by zero", () => Throws<DivideByZeroException>(() => _ = 1 / Zero())),
        ("index out of range", () => Throws<IndexOutOfRangeException>(() => _ = Two()[Zero() + 2])),
        ("overflow", () => Throws<OverflowException>(() => _ = checked(int.MaxValue + Zero() + 1))),
        ("negative array length", () => Throws<OverflowException>(() => _ = new int[Zero() - 1])),
        ("format exception from the class library", () => Throws<FormatException>(() => int.Parse("zz", CultureInfo.InvariantCulture))),
        ("stack trace names methods", StackTraceNames),
        ("stack trace of the current thread", () => Environment.StackTrace.Contains(nameof(Checks), StringComparison.Ordinal)),
        ("large array", LargeArray),
        ("many small objects", SmallObjects),
        ("stopwatch", StopwatchRuns),
        ("weak and strong handles", Handles),
        ("events", Events),
        ("iterator", () => string.Join("+", Count(3)) == "0+1+2"),
        ("generic virtual method", () => Echo.Make().Say("x") == "x" && Echo.Make().Say(5) == 5),
        ("delegate of many", Multicast),
        ("stackalloc of many pages", BigStackalloc),
        ("date", () => DateTime.UtcNow.Year >= 2024 && DateTime.UtcNow >= DateTime.UnixEpoch),
        ("random numbers", () => Guid.NewGuid() != Guid.NewGuid()),
    ];

    private static bool Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (T)
        {
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Zero() => s_lazy - 42;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int[] Two() => new int[2 + Zero()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string NoString() => s_lazy == 42 ? null! : "";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IShape NoShape() => s_lazy == 42 ? null! : new Square(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Box(int value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Store(Holder holder, object value) => holder.Value = value;

    private static bool InterfaceCalls()
    {
        IShape[] shapes = [new Square(2), new Circle(), new Line(), new Square(3), new Shape4(), new Shape5(), new Shape6(), new Shape7(), new Shape8(), new Shape9(), new Shape10()];
        int sum = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach (IShape shape in shapes)
            {
                sum += shape.Area();
            }
        }

        return sum == 3 * (4 + 3 + 0 + 9 + 4 + 5 + 6 + 7 + 8 + 9 + 10);
    }

    private static bool Locking()
    {
        object gate = new();
        lock (gate)
        {
            lock (gate)
            {
                return Monitor.IsEntered(gate);
            }
        }
    }

    private static bool FinallyOrder()
    {
        string order = "";
        try
        {
            try
            {
                try
                {
                    throw new ArgumentException("x");
                }
                finally
                {
                    order += "1";
                }
            }
            finally
            {
                order += "2";
            }
        }
        catch (ArgumentException)
        {
            order += "3";
        }

        return order == "123";
    }

    private static bool Filter()
    {
        try
        {
            throw new ArgumentException("deep");
        }
        catch (ArgumentException e) when (e.Message == "shallow")
        {
            return false;
        }
        catch (ArgumentException e) when (e.Message == "deep")
        {
            return true;
        }
    }

    private static bool FilterThrows()
    {
        try
        {
            throw new ArgumentException("x");
        }
        catch (ArgumentException) when (1 / Zero() == 1)
        {
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static bool ThrowInsideCatch()
    {
        try
        {
            try
            {
                throw new ArgumentException("first");
            }
            catch (ArgumentException e)
            {
                throw new NotSupportedException("second", e);
            }
        }
        catch (NotSupportedException e)
        {
            return e.InnerException?.Message == "first";
        }
    }

    private static bool ThrowInsideFinally()
    {
        try
        {
            try
            {
                throw new ArgumentException("first");
            }
            finally
            {
                Throws<FormatException>(() => throw new FormatException());
                if (Zero() == 0)
                {
                    ThrowNotSupported();
                }
            }
        }
        catch (NotSupportedException)
        {
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNotSupported() => throw new NotSupportedException();

    private static bool Rethrow()
    {
        ArgumentException thrown = new("same");
        try
        {
            try
            {
                throw thrown;
            }
            catch (ArgumentException)
            {
                throw;
            }
        }
        catch (ArgumentException e)
        {
            return ReferenceEquals(e, thrown);
        }
    }

    private static bool NestedCatch()
    {
        int depth = 0;
        try
        {
            throw new ArgumentException("outer");
        }
        catch (ArgumentException outer)
        {
            for (int i = 0; i < 100; i++)
            {
                try
                {
                    throw new FormatException(i.ToString(CultureInfo.InvariantCulture));
                }
                catch (FormatException inner)
                {
                    depth += inner.Message == i.ToString(CultureInfo.InvariantCulture) && outer.Message == "outer" ? 1 : 0;
                }
            }
        }

        return depth == 100;
    }

    private static bool StackTraceNames()
    {
        try
        {
            ThrowNotSupported();
            return false;
        }
        catch (NotSupportedException e)
        {
            return e.ToString().Contains(nameof(ThrowNotSupported), StringComparison.Ordinal);
        }
    }

    private static bool LargeArray()
    {
        int[] array = new int[300_000];
        array[^1] = 5;
        return array.Sum() == 5 && array.All(i => i is 0 or 5);
    }

    private static bool SmallObjects()
    {
        List<string> texts = [];
        for (int i = 0; i < 20_000; i++)
        {
            texts.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        return texts[12_345] == "12345";
    }

    private static bool StopwatchRuns()
    {
        var watch = Stopwatch.StartNew();
        Thread.Sleep(2);
        return watch.ElapsedMilliseconds is >= 2 and < 10_000;
    }

    private static bool Handles()
    {
        object target = new();
        var weak = new WeakReference<object>(target);
        return weak.TryGetTarget(out object? found) && ReferenceEquals(found, target);
    }

    private static bool Events()
    {
        using var automatic = new AutoResetEvent(true);
        using var manual = new ManualResetEvent(false);
        bool first = automatic.WaitOne(0) && !automatic.WaitOne(1) && !manual.WaitOne(0);
        manual.Set();
        return first && manual.WaitOne(0) && manual.WaitOne(0);
    }

    private static IEnumerable<int> Count(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return i;
        }
    }

    private static bool Multicast()
    {
        int sum = 0;
        Action add = () => sum += 1;
        add += () => sum += 10;
        add();
        return sum == 11;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool BigStackalloc()
    {
        Span<byte> buffer = stackalloc byte[64 * 1024];
        buffer.Fill(3);
        return buffer[^1] == 3;
    }

    private sealed class Holder
    {
        public object? Value { get; set; }
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
        public int Area() => side * side;
    }

    private sealed class Circle : IShape
    {
        public int Area() => 3;
    }

    private sealed class Line : IShape
    {
        public int Area() => 0;
    }

    private sealed class Shape4 : IShape
    {
        public int Area() => 4;
    }

    private sealed class Shape5 : IShape
    {
        public int Area() => 5;
    }

    private sealed class Shape6 : IShape
    {
        public int Area() => 6;
    }

    private sealed class Shape7 : IShape
    {
        public int Area() => 7;
    }

    private sealed class Shape8 : IShape
    {
        public int Area() => 8;
    }

    private sealed class Shape9 : IShape
    {
        public int Area() => 9;
    }

    private sealed class Shape10 : IShape
    {
        public int Area() => 10;
    }
}
