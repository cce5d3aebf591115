using System;
using System.Collections;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Linq;
using System.Runtime.InteropServices;

namespace ToroCosmos.Programs.Subjects;

internal static class Collections
{
    public static ProgramGroup All { get; } = new(nameof(Collections))
    {
        Lists, ListChangesWhileEnumerated, Dictionaries, MissingKey, DictionaryOfValueTuples, AlternateLookup, OrderedDictionaries,
        SortedDictionaries, SortedLists, HashSets, SetAlgebra, SortedSets, LinkedLists, Queues, Stacks, PriorityQueues, BitArrays,
        ImmutableLists, ImmutableDictionaries, ImmutableArrays, FrozenDictionaries, FrozenSets, ObservableCollections, KeyedCollections,
        ReadOnlyViews, CollectionsMarshalRefs, HashtableAndArrayList, NameValues, ArraySorting, StableSort, BinarySearch,
        RectangularArrays, JaggedArrays, RangesOfArrays, CollectionExpressions, CaseInsensitiveKeys, StructuralEquality,
    };

    private static string Lists()
    {
        List<int> list = [5, 3, 9];
        list.Insert(1, 7);
        list.AddRange([1, 2]);
        list.RemoveAll(n => n == 9);
        list.Reverse(0, 2);
        return Answer.Of(list, list.IndexOf(3), list.Exists(n => n > 6), list.ConvertAll(n => $"<{n}>"), list.GetRange(1, 2));
    }

    private static string ListChangesWhileEnumerated()
    {
        List<int> list = [1, 2, 3];
        foreach (int n in list)
        {
            list.Add(n);
        }

        return "not noticed";
    }

    private static string Dictionaries()
    {
        var ages = new Dictionary<string, int> { ["Ada"] = 36, ["Alan"] = 41 };
        ages["Ada"]++;
        bool added = ages.TryAdd("Alan", 1);
        bool removed = ages.Remove("Alan", out int age);
        ages.TryGetValue("nobody", out int none);
        for (int i = 0; i < 1000; i++)
        {
            ages["k" + i] = i;
        }

        return Answer.Of(added, removed, age, none, ages.Count, ages["Ada"], ages["k777"], ages.Values.Sum());
    }

    private static string MissingKey() => new Dictionary<string, int>()["absent"].ToString();

    private static string DictionaryOfValueTuples()
    {
        var map = new Dictionary<(int X, int Y), string> { [(1, 2)] = "a", [(2, 1)] = "b" };
        return Answer.Of(map[(2, 1)], map.ContainsKey((1, 1)), map.Keys.Max());
    }

    private static string AlternateLookup()
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var bySpan = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range range in "to be or not to be".AsSpan().Split(' '))
        {
            bySpan["to be or not to be".AsSpan()[range]] = bySpan.TryGetValue("to be or not to be".AsSpan()[range], out int n) ? n + 1 : 1;
        }

        return Answer.Of(words.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    private static string OrderedDictionaries()
    {
        var map = new OrderedDictionary<string, int> { ["z"] = 1, ["a"] = 2 };
        map.Insert(1, "m", 3);
        return Answer.Of(map.Keys, map.GetAt(1).Value, map.IndexOf("a"));
    }

    private static string SortedDictionaries()
    {
        var map = new SortedDictionary<int, string>(Comparer<int>.Create((a, b) => b.CompareTo(a))) { [1] = "one", [3] = "three", [2] = "two" };
        return Answer.Of(map.Keys, map.First().Value);
    }

    private static string SortedLists()
    {
        var list = new SortedList<string, int> { ["pear"] = 3, ["apple"] = 1, ["fig"] = 2 };
        return Answer.Of(list.Keys, list.IndexOfKey("fig"), list.GetValueAtIndex(2));
    }

    private static string HashSets()
    {
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "One", "two" };
        return Answer.Of(set.Add("ONE"), set.Contains("TWO"), set.Count, set.TryGetValue("one", out string? actual), actual);
    }

    private static string SetAlgebra()
    {
        HashSet<int> a = [1, 2, 3, 4], b = [3, 4, 5];
        HashSet<int> both = [.. a], either = [.. a], one = [.. a];
        both.IntersectWith(b);
        either.UnionWith(b);
        one.SymmetricExceptWith(b);
        return Answer.Of(both.Order(), either.Order(), one.Order(), both.IsProperSubsetOf(a), a.Overlaps(b), a.SetEquals(b));
    }

    private static string SortedSets()
    {
        SortedSet<int> set = [9, 1, 5, 7];
        return Answer.Of(set, set.Min, set.Max, set.GetViewBetween(2, 8), set.Reverse());
    }

    private static string LinkedLists()
    {
        var list = new LinkedList<string>(["b", "c"]);
        LinkedListNode<string> first = list.AddFirst("a");
        list.AddAfter(first, "a2");
        list.Remove("c");
        return Answer.Of(list, first.Next!.Value, list.Last!.Value, list.Find("x") is null);
    }

    private static string Queues()
    {
        var queue = new Queue<int>([1, 2, 3]);
        int first = queue.Dequeue();
        queue.Enqueue(4);
        return Answer.Of(first, queue.Peek(), queue, queue.TryDequeue(out int second), second);
    }

    private static string Stacks()
    {
        var stack = new Stack<char>("abc");
        return Answer.Of(stack.Pop(), stack.Peek(), stack, new Stack<int>().TryPop(out _));
    }

    private static string PriorityQueues()
    {
        var queue = new PriorityQueue<string, int>([("low", 9), ("high", 1), ("middle", 5)]);
        string first = queue.EnqueueDequeue("urgent", 0);
        List<string> order = [];
        while (queue.TryDequeue(out string? item, out int priority))
        {
            order.Add(item + priority);
        }

        return Answer.Of(first, order);
    }

    private static string BitArrays()
    {
        var bits = new BitArray([true, false, true, true]);
        bits.Xor(new BitArray([true, true, false, true]));
        var numbers = new int[1];
        bits.CopyTo(numbers, 0);
        return Answer.Of(bits, numbers[0], bits.HasAnySet());
    }

    private static string ImmutableLists()
    {
        ImmutableList<int> one = [1, 2, 3];
        ImmutableList<int> two = one.Add(4).RemoveAt(0).SetItem(0, 20);
        ImmutableList<int>.Builder builder = two.ToBuilder();
        builder.Sort();
        return Answer.Of(one, two, builder.ToImmutable());
    }

    private static string ImmutableDictionaries()
    {
        ImmutableDictionary<string, int> map = ImmutableDictionary<string, int>.Empty.Add("a", 1).SetItem("b", 2);
        ImmutableSortedDictionary<string, int> sorted = map.ToImmutableSortedDictionary();
        return Answer.Of(map.Remove("a").Count, map["a"], sorted.Keys, map.GetValueOrDefault("c", -1));
    }

    private static string ImmutableArrays()
    {
        ImmutableArray<int> array = [3, 1, 2];
        return Answer.Of(array.Sort(), array, array.Add(9).Length, default(ImmutableArray<int>).IsDefault);
    }

    private static string FrozenDictionaries()
    {
        FrozenDictionary<string, int> map = Enumerable.Range(0, 50).ToFrozenDictionary(n => "key" + n, n => n * n);
        return Answer.Of(map["key7"], map.Count, map.ContainsKey("key50"), map.Values.Sum());
    }

    private static string FrozenSets()
    {
        FrozenSet<string> set = new[] { "red", "green", "blue" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        return Answer.Of(set.Contains("GREEN"), set.Contains("grey"), set.Count);
    }

    private static string ObservableCollections()
    {
        List<string> events = [];
        var items = new ObservableCollection<string>();
        items.CollectionChanged += (_, change) => events.Add($"{change.Action}@{change.NewStartingIndex},{change.OldStartingIndex}");
        items.Add("a");
        items.Insert(0, "b");
        items.Move(0, 1);
        items[0] = "c";
        items.RemoveAt(1);
        items.Clear();
        return Answer.Of(events);
    }

    private static string KeyedCollections()
    {
        var words = new ByLength { "a", "bbb", "cc" };
        return Answer.Of(words[3], words.Contains(2), words.Remove(1), words);
    }

    private static string ReadOnlyViews()
    {
        List<int> list = [1, 2];
        ReadOnlyCollection<int> view = list.AsReadOnly();
        list.Add(3);
        try
        {
            ((IList<int>)view).Add(4);
        }
        catch (NotSupportedException exception)
        {
            return Answer.Of(view, exception.Message);
        }

        return "not refused";
    }

    private static string CollectionsMarshalRefs()
    {
        var counts = new Dictionary<char, int>();
        foreach (char c in "mississippi")
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, c, out _)++;
        }

        List<int> list = [1, 2, 3];
        CollectionsMarshal.AsSpan(list)[1] = 20;
        return Answer.Of(counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}{pair.Value}"), list);
    }

    private static string HashtableAndArrayList()
    {
        var table = new Hashtable { ["a"] = 1, [2] = "b" };
        var list = new ArrayList { 3, "x", null, 1.5 };
        list.Remove("x");
        return Answer.Of(table["a"], table[2], table[9], list, list.Contains(null));
    }

    private static string NameValues()
    {
        var values = new NameValueCollection { { "a", "1" }, { "A", "2" }, { "b", "3" } };
        return Answer.Of(values["a"], values.GetValues("A"), values.AllKeys, values.Count);
    }

    private static string ArraySorting()
    {
        int[] keys = [3, 1, 2];
        string[] items = ["three", "one", "two"];
        Array.Sort(keys, items);
        int[] many = [.. Enumerable.Range(0, 500).Select(i => i * 7919 % 503)];
        Array.Sort(many, (a, b) => b - a);
        return Answer.Of(keys, items, many[0], many[1], many[499], many.Zip(many.Skip(1)).All(pair => pair.First > pair.Second));
    }

    private static string StableSort() =>
        Answer.Of(new[] { "bb", "a", "cc", "d", "aa" }.OrderBy(word => word.Length).ThenByDescending(word => word[0] == 'a'));

    private static string BinarySearch()
    {
        int[] sorted = [2, 4, 6, 8];
        return Answer.Of(Array.BinarySearch(sorted, 6), ~Array.BinarySearch(sorted, 5), new List<int>(sorted).BinarySearch(9), Array.FindIndex(sorted, n => n > 4));
    }

    private static string RectangularArrays()
    {
        var grid = new int[2, 3];
        for (int row = 0; row < grid.GetLength(0); row++)
        {
            for (int column = 0; column < grid.GetLength(1); column++)
            {
                grid[row, column] = (10 * row) + column;
            }
        }

        Array cube = Array.CreateInstance(typeof(int), 2, 2, 2);
        cube.SetValue(42, 1, 0, 1);
        return Answer.Of(grid, grid.Rank, grid.Length, cube.Rank, cube.GetValue(1, 0, 1), Fails(() => grid[2, 0]));
    }

    private static string JaggedArrays()
    {
        int[][] rows = [[1], [2, 3], []];
        object[] covariant = new string[1];
        return Answer.Of(rows, rows.Sum(row => row.Length), Fails(() => covariant[0] = 5), Fails(() => rows[2][0]));
    }

    private static string RangesOfArrays()
    {
        int[] numbers = [0, 1, 2, 3, 4, 5];
        var segment = new ArraySegment<int>(numbers, 2, 3);
        segment[0] = 20;
        return Answer.Of(numbers[^1], numbers[1..^2], numbers[..2], segment, segment.Slice(1).Offset, Fails(() => numbers[7..]));
    }

    private static string CollectionExpressions()
    {
        int[] a = [1, 2];
        List<int> b = [.. a, 3, .. a];
        Span<int> c = [.. b, 9];
        IEnumerable<string> d = ["x", .. b.Select(n => n.ToString())];
        return Answer.Of(b, c.Length, d);
    }

    private static string CaseInsensitiveKeys()
    {
        var map = new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase) { ["Straße"] = 1, ["ÉTÉ"] = 2 };
        return Answer.Of(map.ContainsKey("STRAßE"), map.ContainsKey("été"), map.ContainsKey("strasse"));
    }

    private static string StructuralEquality()
    {
        int[] a = [1, 2], b = [1, 2];
        IStructuralEquatable structure = a;
        return Answer.Of(a.Equals(b), structure.Equals(b, EqualityComparer<int>.Default), a.SequenceEqual(b), (1, "x").Equals((1, "x")), Equals(Tuple.Create(1, 2), Tuple.Create(1, 2)));
    }

    private static string Fails(Func<object?> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    private sealed class ByLength : KeyedCollection<int, string>
    {
        protected override int GetKeyForItem(string item) => item.Length;
    }
}
