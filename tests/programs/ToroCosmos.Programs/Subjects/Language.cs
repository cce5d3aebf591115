using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Programs.Subjects;

/// <summary>Programs that print.</summary>
internal static class Language
{
    public static ProgramGroup All { get; } = new(nameof(Language))
    {
        Records, RecordStructs, PatternMatching, ListPatterns, SwitchStatement,
        Tuples, Deconstruction, LocalFunctions, Closures, Iterators,
        IteratorDisposal, Events, MulticastDelegates, Operators, Indexers,
        ExtensionMethods, GenericVariance, GenericConstraints, StaticAbstractMembers,
        DefaultInterfaceMethods, ExplicitInterfaces, Inheritance, StaticConstructors,
        NullableValues, NullOperators, UsingDeclarations, RefLocalsAndReturns,
        RefStructs, Stackalloc, InlineArrays, FunctionPointers, FixedAndPointers,
        GotoAndLabels, PrimaryConstructors, InitAndRequired, PartialAndNested,
        CallerInformation, EnumsWithFlags, BoxingAndUnboxing, DynamicDispatchOnType,
        ParamsCollections, GenericMathOperators, AnonymousTypes, CheckedOperators,
        InterpolatedHandler, LockStatement, ObjectInitializers, WithExpressions,
        ConditionalRef, VolatileAndConstants, GenericVirtualMethods, StructEquality,
    };

    private static void Records()
    {
        Point a = new(1, 2);
        Point b = a with { Y = 3 };
        Console.WriteLine($"{a} {b} {a == new Point(1, 2)} {a.Equals(b)} {a.GetHashCode() == new Point(1, 2).GetHashCode()}");
        (int x, int y) = b;
        Console.WriteLine(x + y);
        Console.WriteLine(new Point3(1, 2, 3));
    }

    private static void RecordStructs() => Console.WriteLine($"{new Size(1, 2)} {new Size(1, 2) == new Size(1, 2)} {default(Size)}");

    private static void PatternMatching()
    {
        foreach (object? value in new object?[] { 5, -1, "text", "", null, new Point(0, 7), 3.5, 'x', new[] { 1 }, true })
        {
            Console.WriteLine(value switch
            {
                null => "nothing",
                int i when i < 0 => "negative",
                int i and > 3 => $"large {i}",
                string { Length: 0 } => "empty",
                string s => $"text of {s.Length}",
                Point { X: 0, Y: var y } => $"on the axis at {y}",
                double and (< 1 or > 3) => "outside",
                char and not 'y' => "no y",
                true => "yes",
                _ => value.GetType().Name,
            });
        }
    }

    private static void ListPatterns()
    {
        foreach (int[] numbers in new int[][] { [], [1], [1, 2], [1, 9, 9, 4] })
        {
            Console.WriteLine(numbers switch
            {
                [] => "none",
                [var only] => $"one: {only}",
                [1, .. var middle, 4] => $"between: {middle.Length}",
                [_, _] => "two",
                _ => "many",
            });
        }
    }

    private static void SwitchStatement()
    {
        foreach (string word in new[] { "red", "green", "blue", "mauve" })
        {
            switch (word)
            {
                case "red":
                case "green":
                    Console.WriteLine("warm or not");
                    break;
                case var other when other.Length == 4:
                    Console.WriteLine(other);
                    goto default;
                default:
                    Console.WriteLine("end");
                    break;
            }
        }
    }

    private static void Tuples()
    {
        (int Count, string Name) tuple = (2, "two");
        (int, string) other = (2, "two");
        Console.WriteLine($"{tuple} {tuple == other} {tuple.Name} {ValueTuple.Create(1, 2, 3, 4, 5, 6, 7, 8)} {Tuple.Create("old").Item1}");
        (tuple.Count, other.Item1) = (other.Item1 + 1, tuple.Count);
        Console.WriteLine($"{tuple} {other}");
    }

    private static void Deconstruction()
    {
        (string key, (int a, _)) = new KeyValuePair<string, (int, int)>("k", (1, 2));
        Console.WriteLine($"{key} {a}");
    }

    private static void LocalFunctions()
    {
        Console.WriteLine($"{Fibonacci(20)} {Apply(static x => x * x, 7)}");

        static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

        static int Apply(Func<int, int> f, int x) => f(x);
    }

    private static void Closures()
    {
        List<Func<int>> functions = [];
        for (int i = 0; i < 3; i++)
        {
            int copy = i;
            functions.Add(() => copy++ * 10);
        }

        Console.WriteLine($"{string.Join(' ', functions.Select(f => f()))} {string.Join(' ', functions.Select(f => f()))}");
    }

    private static void Iterators()
    {
        Console.WriteLine(string.Join(' ', Primes().Take(10)));

        static IEnumerable<int> Primes()
        {
            for (int i = 2; ; i++)
            {
                if (Enumerable.Range(2, i - 2).All(d => i % d != 0))
                {
                    yield return i;
                }
            }
        }
    }

    private static void IteratorDisposal()
    {
        foreach (int i in Numbers())
        {
            Console.WriteLine(i);
            if (i == 1)
            {
                break;
            }
        }

        static IEnumerable<int> Numbers()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                Console.WriteLine("disposed");
            }
        }
    }

    private static void Events()
    {
        Bell bell = new();
        EventHandler<int> ring = (_, n) => Console.WriteLine($"ring {n}");
        bell.Rang += ring;
        bell.Ring(1);
        bell.Rang -= ring;
        bell.Ring(2);
    }

    private static void MulticastDelegates()
    {
        Func<int> f = () => 1;
        f += () => 2;
        Console.WriteLine($"{f()} {f.GetInvocationList().Length} {string.Join(' ', f.GetInvocationList().Cast<Func<int>>().Select(g => g()))}");
        Action? none = null;
        none?.Invoke();
        Console.WriteLine(f.Method.Name.Length > 0);
    }

    private static void Operators() =>
        Console.WriteLine($"{new Money(5) + new Money(7)} {(int)new Money(3)} {new Money(2) > new Money(1)} {-new Money(4)} {(Money)9 == new Money(9)}");

    private static void Indexers()
    {
        Grid grid = new();
        grid[1, 2] = 5;
        grid["x"] = 3;
        Console.WriteLine($"{grid[1, 2]} {grid["x"]} {grid[0, 0]}");
    }

    private static void ExtensionMethods() => Console.WriteLine($"{"abc".Twice()} {5.IsEven()}");

    private static void GenericVariance()
    {
        IEnumerable<object> objects = new List<string> { "a" };
        Action<object> print = Console.WriteLine;
        Action<string> printText = print;
        printText(objects.First().ToString()!);
        Func<object> make = new Func<string>(() => "made");
        Console.WriteLine(make());
        Console.WriteLine(objects is IEnumerable<string>);
    }

    private static void GenericConstraints()
    {
        Console.WriteLine($"{Make<Bell>().GetType().Name} {Largest(3, 9, 4)} {Largest("a", "c", "b")}");

        static T Make<T>()
            where T : class, new() => new();

        static T Largest<T>(params T[] values)
            where T : IComparable<T> => values.Aggregate((a, b) => a.CompareTo(b) > 0 ? a : b);
    }

    private static void StaticAbstractMembers()
    {
        Console.WriteLine($"{Describe<Cat>()} {Describe<Dog>()}");

        static string Describe<T>()
            where T : IAnimal => T.Kind + new string('!', T.Legs);
    }

    private static void DefaultInterfaceMethods()
    {
        IGreeter greeter = new Plain();
        Console.WriteLine($"{greeter.Greet("Ada")} {((IGreeter)new Loud()).Greet("Ada")}");
    }

    private static void ExplicitInterfaces()
    {
        Both both = new();
        Console.WriteLine($"{((ILeft)both).Name} {((IRight)both).Name} {both.Name}");
    }

    private static void Inheritance()
    {
        foreach (Shape shape in new Shape[] { new Circle(1), new Square(2), new Unit() })
        {
            Console.WriteLine($"{shape} {shape.Area:F3} {shape is Square} {(shape as Square)?.Side}");
        }
    }

    private static void StaticConstructors()
    {
        Console.WriteLine(Late.Value);
        Console.WriteLine(Late.Constructed);
    }

    private static void NullableValues()
    {
        int? none = null;
        int? five = 5;
        Console.WriteLine($"{none.HasValue} {five + none is null} {five.GetValueOrDefault()} {none ?? -1} {five > none} {(object?)none is null} {Nullable.GetUnderlyingType(typeof(int?))!.Name}");
        try
        {
            Console.WriteLine(none!.Value);
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
    }

    private static void NullOperators()
    {
        string? text = null;
        text ??= "set";
        List<int>? list = null;
        Console.WriteLine($"{text} {list?.Count ?? -1} {list?[0]}");
    }

    private static void UsingDeclarations()
    {
        using Noisy outer = new("outer");
        using (new Noisy("inner"))
        {
            Console.WriteLine("inside");
        }
    }

    private static void RefLocalsAndReturns()
    {
        int[] numbers = [1, 5, 3];
        ref int largest = ref Largest(numbers);
        largest = 0;
        ref readonly int first = ref numbers[0];
        Console.WriteLine($"{string.Join(' ', numbers)} {first}");

        static ref int Largest(int[] numbers)
        {
            ref int largest = ref numbers[0];
            for (int i = 1; i < numbers.Length; i++)
            {
                if (numbers[i] > largest)
                {
                    largest = ref numbers[i];
                }
            }

            return ref largest;
        }
    }

    private static void RefStructs()
    {
        Words words = new("one two three");
        while (words.MoveNext())
        {
            Console.WriteLine(words.Current.ToString());
        }
    }

    private static void Stackalloc()
    {
        Span<int> squares = stackalloc int[10];
        for (int i = 0; i < squares.Length; i++)
        {
            squares[i] = i * i;
        }

        Console.WriteLine($"{squares[^1]} {squares[2..4].ToArray().Sum()}");
    }

    private static void InlineArrays()
    {
        Four four = default;
        four[2] = 7;
        Span<int> span = four;
        Console.WriteLine($"{span.Length} {span[2]} {four[0]}");
    }

    private static unsafe void FunctionPointers()
    {
        delegate*<int, int, int> add = &Add;
        Console.WriteLine(add(2, 3));

        static int Add(int a, int b) => a + b;
    }

    private static unsafe void FixedAndPointers()
    {
        int[] numbers = [1, 2, 3];
        fixed (int* p = numbers)
        {
            p[1] = 20;
            Console.WriteLine($"{*p} {p[1]} {&p[2] - p} {sizeof(Size)}");
        }
    }

    private static void GotoAndLabels()
    {
        int i = 0;
    again:
        i++;
        if (i < 3)
        {
            goto again;
        }

        Console.WriteLine(i);
    }

    private static void PrimaryConstructors() => Console.WriteLine(new Counter(5).Next().Next().Value);

    private static void InitAndRequired() => Console.WriteLine(new Settings { Name = "n", Depth = 3 }.ToString());

    private static void PartialAndNested() => Console.WriteLine(new Outer<int>.Inner<string>().Describe());

    private static void CallerInformation()
    {
        Where();

        static void Where([CallerMemberName] string member = "", [CallerArgumentExpression(nameof(member))] string expression = "none") =>
            Console.WriteLine($"{member} {expression}");
    }

    private static void EnumsWithFlags()
    {
        Access access = Access.Read | Access.Write;
        Console.WriteLine($"{access} {access.HasFlag(Access.Write)} {(int)access} {access & ~Access.Read} {Enum.Parse<Access>("Read, Execute")} {(Access)8} {Access.Read:D} {nameof(Access.Write)}");
        Console.WriteLine(string.Join(' ', Enum.GetNames<Access>()));
    }

    private static void BoxingAndUnboxing()
    {
        object boxed = 5;
        Console.WriteLine($"{(int)boxed} {boxed is long} {boxed.Equals(5)} {boxed.GetType()}");
        try
        {
            Console.WriteLine((long)boxed);
        }
        catch (InvalidCastException e)
        {
            Console.WriteLine(e.GetType().Name);
        }
    }

    private static void DynamicDispatchOnType()
    {
        Dictionary<Type, Func<object, string>> handlers = new() { [typeof(int)] = o => $"int {o}", [typeof(string)] = o => $"string {o}" };
        foreach (object o in new object[] { 1, "x" })
        {
            Console.WriteLine(handlers[o.GetType()](o));
        }
    }

    private static void ParamsCollections()
    {
        Console.WriteLine($"{Total(1, 2, 3)} {Total()}");

        static int Total(params ReadOnlySpan<int> numbers)
        {
            int total = 0;
            foreach (int number in numbers)
            {
                total += number;
            }

            return total;
        }
    }

    private static void GenericMathOperators()
    {
        Console.WriteLine($"{Twice(21)} {Twice(1.5)}");

        static T Twice<T>(T value)
            where T : System.Numerics.IAdditionOperators<T, T, T> => value + value;
    }

    private static void AnonymousTypes()
    {
        var a = new { X = 1, Name = "n" };
        Console.WriteLine($"{a} {a.Equals(new { X = 1, Name = "n" })} {a with { X = 2 }}");
    }

    private static void CheckedOperators()
    {
        try
        {
            Console.WriteLine(checked(new Money(int.MaxValue) + new Money(1)));
        }
        catch (OverflowException)
        {
            Console.WriteLine("overflow");
        }
    }

    private static void InterpolatedHandler()
    {
        Console.WriteLine(Reversed($"a{1}b{2}"));

        static string Reversed(DefaultInterpolatedStringHandler text) => new([.. text.ToStringAndClear().Reverse()]);
    }

    private static void LockStatement()
    {
        System.Threading.Lock gate = new();
        int sum = 0;
        lock (gate)
        {
            sum += gate.IsHeldByCurrentThread ? 1 : 0;
        }

        Console.WriteLine($"{sum} {gate.IsHeldByCurrentThread}");
    }

    private static void ObjectInitializers()
    {
        Settings settings = new() { Name = "x", Tags = { "a", "b" }, Map = { ["k"] = 1 } };
        Console.WriteLine($"{settings.Tags.Count} {settings.Map["k"]}");
    }

    private static void WithExpressions() => Console.WriteLine(new Size(1, 2) with { Height = 9 });

    private static void ConditionalRef()
    {
        int a = 1;
        int b = 2;
        ref int smaller = ref a < b ? ref a : ref b;
        smaller = 10;
        Console.WriteLine($"{a} {b}");
    }

    private static void VolatileAndConstants() => Console.WriteLine($"{Late.Constant} {s_volatile} {typeof(Late).Name}");

    private static void GenericVirtualMethods()
    {
        foreach (Visitor visitor in new Visitor[] { new Visitor(), new CountingVisitor() })
        {
            Console.WriteLine($"{visitor.Visit(5)} {visitor.Visit("s")} {visitor.Visit(new List<int>())} {visitor.Visit<IList<string>>([])}");
        }
    }

    private static void StructEquality()
    {
        Plainer a = new() { X = 1, Y = "y" };
        Plainer b = new() { X = 1, Y = "y" };
        Console.WriteLine($"{a.Equals(b)} {a.GetHashCode() == b.GetHashCode()} {a}");
    }

    private static volatile int s_volatile = 3;

    private record Point(int X, int Y);

    private sealed record Point3(int X, int Y, int Z) : Point(X, Y);

    private readonly record struct Size(int Width, int Height);

    private sealed class Bell
    {
        public event EventHandler<int>? Rang;

        public void Ring(int n) => Rang?.Invoke(this, n);
    }

    private readonly struct Money(int amount) : IEquatable<Money>
    {
        private readonly int _amount = amount;

        public static Money operator +(Money a, Money b) => new(unchecked(a._amount + b._amount));

        public static Money operator checked +(Money a, Money b) => new(checked(a._amount + b._amount));

        public static Money operator -(Money a) => new(-a._amount);

        public static bool operator <(Money a, Money b) => a._amount < b._amount;

        public static bool operator >(Money a, Money b) => a._amount > b._amount;

        public static bool operator ==(Money a, Money b) => a._amount == b._amount;

        public static bool operator !=(Money a, Money b) => a._amount != b._amount;

        public static explicit operator int(Money a) => a._amount;

        public static implicit operator Money(int amount) => new(amount);

        public bool Equals(Money other) => this == other;

        public override bool Equals([NotNullWhen(true)] object? obj) => obj is Money other && this == other;

        public override int GetHashCode() => _amount;

        public override string ToString() => $"${_amount}";
    }

    private sealed class Grid
    {
        private readonly Dictionary<(int, int), int> _cells = [];
        private readonly Dictionary<string, int> _names = [];

        public int this[int x, int y]
        {
            get => _cells.GetValueOrDefault((x, y));
            set => _cells[(x, y)] = value;
        }

        public int this[string name]
        {
            get => _names[name];
            set => _names[name] = value;
        }
    }

    private static string Twice(this string text) => text + text;

    private static bool IsEven(this int number) => number % 2 == 0;

    private interface IAnimal
    {
        static abstract string Kind { get; }

        static virtual int Legs => 4;
    }

    private sealed class Cat : IAnimal
    {
        public static string Kind => "cat";
    }

    private sealed class Dog : IAnimal
    {
        public static string Kind => "dog";

        public static int Legs => 3;
    }

    private interface IGreeter
    {
        string Greet(string name) => $"hello {name}";
    }

    private sealed class Plain : IGreeter;

    private sealed class Loud : IGreeter
    {
        public string Greet(string name) => $"HELLO {name}";
    }

    private interface ILeft
    {
        string Name { get; }
    }

    private interface IRight
    {
        string Name { get; }
    }

    private sealed class Both : ILeft, IRight
    {
        string ILeft.Name => "left";

        string IRight.Name => "right";

        public string Name => "both";
    }

    private abstract class Shape
    {
        public abstract double Area { get; }

        public override string ToString() => GetType().Name;
    }

    private sealed class Circle(double radius) : Shape
    {
        public override double Area => Math.PI * radius * radius;
    }

    private class Square(double side) : Shape
    {
        public double Side => side;

        public override double Area => side * side;
    }

    private sealed class Unit() : Square(1)
    {
        public override string ToString() => $"unit {base.ToString()}";
    }

    private static class Late
    {
        public const string Constant = "constant";

        public static readonly int Value;

        public static readonly int Constructed;

        static Late()
        {
            Constructed++;
            Value = 42;
        }
    }

    private sealed class Noisy(string name) : IDisposable
    {
        public void Dispose() => Console.WriteLine($"disposed {name}");
    }

    private ref struct Words(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public ReadOnlySpan<char> Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            int space = _rest.IndexOf(' ');
            Current = space < 0 ? _rest : _rest[..space];
            _rest = space < 0 ? default : _rest[(space + 1)..];
            return true;
        }
    }

    [InlineArray(4)]
    private struct Four
    {
        private int _first;
    }

    private sealed class Counter(int start)
    {
        public int Value => start;

        public Counter Next() => new(start + 1);
    }

    private sealed class Settings
    {
        public required string Name { get; init; }

        public int Depth { get; init; }

        public List<string> Tags { get; } = [];

        public Dictionary<string, int> Map { get; } = [];

        public override string ToString() => $"{Name}/{Depth}";
    }

    private sealed class Outer<T>
    {
        public sealed class Inner<TOther>
        {
            public string Describe() => $"{typeof(T).Name} {typeof(TOther).Name} {GetType().IsGenericType}";
        }
    }

    [Flags]
    private enum Access
    {
        None = 0,
        Read = 1,
        Write = 2,
        Execute = 4,
    }

    private class Visitor
    {
        public virtual string Visit<T>(T value) => $"{typeof(T).Name}:{value}";
    }

    private sealed class CountingVisitor : Visitor
    {
        private int _count;

        public override string Visit<T>(T value) => $"{++_count} {typeof(T[]).Name} {base.Visit(value)}";
    }

    private struct Plainer
    {
        public int X;
        public string Y;
    }
}
