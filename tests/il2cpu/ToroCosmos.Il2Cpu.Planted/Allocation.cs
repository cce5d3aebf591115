using System;

namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static class Allocation
{
    [Violates("Allocation")]
    public static object Object() => new Node();

    [Violates("Allocation")]
    public static byte[] Array(int size) => new byte[size];

    [Violates("Allocation")]
    public static object Box(int a) => a;

    [Violates("Allocation")]
    public static Func<int> Delegate(Node a) => a.Next;

    [Violates("Allocation", "StaticConstructor", "StaticObjectStore")]
    public static Func<int, int> Lambda() => a => a + 1;

    [Violates("Allocation")]
    public static Exception OfTheClassLibrary() => new InvalidOperationException();

    public static Value Structure(int a) => new(a);

    public static Value DefaultOfAStructure() => default;

    public static string Literal() => "literal";

    public sealed class Node
    {
        public int Next() => 1;
    }

    public readonly struct Value
    {
        public readonly int Number;

        public Value(int number)
        {
            Number = number;
        }
    }
}
