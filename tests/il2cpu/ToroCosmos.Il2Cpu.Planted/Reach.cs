using System;

namespace ToroCosmos.Il2Cpu.Planted;

/// <summary>An allocation behind each kind of call. A method's name tells which marked method leads to it.</summary>
public static unsafe class Reach
{
    public interface IPlain
    {
        object Make();
    }

    public interface IExplicit
    {
        object Make();
    }

    public interface IInherited
    {
        object FromTheBase();
    }

    public interface IConstrained
    {
        object MakeConstrained();
    }

    [AnyCore]
    public static object Property => Allocate();

    [AnyCore]
    public static object Chain() => First();

    [AnyCore]
    public static object Virtual(Shape a) => a.Draw();

    [AnyCore]
    public static object Interface(IPlain a) => a.Make();

    [AnyCore]
    public static object Explicit(IExplicit a) => a.Make();

    [AnyCore]
    public static object Inherited(IInherited a) => a.FromTheBase();

    [AnyCore]
    public static object Constrained<T>(T a)
        where T : struct, IConstrained => a.MakeConstrained();

    [AnyCore]
    [Violates("BootCoreCall")]
    public static string? ObjectText(object a) => a.ToString();

    [AnyCore]
    [Violates("Allocation")]
    public static object BoxedText(PrintedStructure a) => a;

    [AnyCore]
    [Violates("BootCoreCall")]
    public static object Delegate(Func<byte, object> a) => a(1);

    [AnyCore]
    public static object Pointer(delegate*<sbyte, object> a) => a(1);

    [AnyCore]
    public static void Plug(delegate*<short, void> a) => Plugged(a);

    [AnyCore]
    public static void Plugged(delegate*<short, void> a) => throw PlugMissing.Error();

    [AnyCore]
    public static int Constructor(int a) => new Made(a).Length;

    [AnyCore]
    [Violates("BootCoreCall")]
    public static void OfTheClassLibrary(IDisposable a) => a.Dispose();

    public static Func<byte, object> OnTheBootCore()
    {
        _ = Pointer(&BehindAPointer);
        Plug(&BehindAPlug);
        return [Violates("Allocation")] (a) => new object[a];
    }

    public static object BootCoreOnly() => new object();

    [Violates("Allocation")]
    private static object Allocate() => new object();

    private static object First() => Second();

    [Violates("Allocation")]
    private static object Second() => new object();

    [Violates("Allocation")]
    private static object BehindAPointer(sbyte a) => new object[a];

    [Violates("Allocation")]
    private static void BehindAPlug(short a) => _ = new object[a];

    public abstract class Shape
    {
        public abstract object Draw();
    }

    public class Square : Shape
    {
        [Violates("Allocation")]
        public override object Draw() => new object();
    }

    public sealed class SmallSquare : Square
    {
        [Violates("Allocation")]
        public override object Draw() => new object[1];
    }

    public sealed class Plain : IPlain
    {
        [Violates("Allocation")]
        public object Make() => new object();
    }

    public sealed class Explicitly : IExplicit
    {
        [Violates("Allocation")]
        object IExplicit.Make() => new object[2];
    }

    public class Base
    {
        [Violates("Allocation")]
        public object FromTheBase() => new object();
    }

    public sealed class Derived : Base, IInherited;

    public readonly struct Structure : IConstrained
    {
        [Violates("Allocation")]
        public object MakeConstrained() => new object();
    }

    public readonly struct Made
    {
        public readonly int Length;

        [Violates("Allocation")]
        public Made(int length)
        {
            Length = new byte[length].Length;
        }
    }

    public sealed class Printed
    {
        [Violates("Allocation")]
        public override string ToString() => (new string[1])[0];
    }

    public readonly struct PrintedStructure
    {
        [Violates("Allocation")]
        public override string ToString() => (new string[2])[0];
    }

    public class Disposed
    {
        public object? Last { get; private set; }

        [Violates("Allocation")]
        public void Dispose() => Last = new object();
    }

    public sealed class DisposedByItsBase : Disposed, IDisposable;
}
