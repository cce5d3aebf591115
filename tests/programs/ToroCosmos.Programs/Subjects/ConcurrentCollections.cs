using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class ConcurrentCollections
{
    public static ProgramGroup All { get; } = new(nameof(ConcurrentCollections)) { Dictionaries, AddOrUpdates, Queues, Stacks, Bags, BlockingTimeouts, BlockingAny, ImmutableUpdates, WhileEnumerated, CallOnce };

    private static string Dictionaries()
    {
        var map = new ConcurrentDictionary<int, int>();
        Run(4, me =>
        {
            for (int i = 0; i < 250; i++)
            {
                map[(me * 250) + i] = i;
            }
        });
        return Answer.Of(map.Count, map.Values.Sum(), map.TryRemove(5, out int removed), removed, map.TryAdd(6, 0), map.TryUpdate(6, 60, 6), map[6]);
    }

    private static string AddOrUpdates()
    {
        var counts = new ConcurrentDictionary<string, int>();
        Run(4, _ =>
        {
            for (int i = 0; i < 200; i++)
            {
                counts.AddOrUpdate("k" + (i % 3), 1, (_, n) => n + 1);
            }
        });
        return Answer.Of(counts.OrderBy(pair => pair.Key).Select(pair => pair.Value), counts.GetOrAdd("k9", key => key.Length));
    }

    private static string Queues()
    {
        var queue = new ConcurrentQueue<int>();
        int taken = 0;
        Run(4, _ =>
        {
            for (int i = 0; i < 200; i++)
            {
                queue.Enqueue(i);
                Interlocked.Add(ref taken, queue.TryDequeue(out int _) ? 1 : 0);
            }
        });
        queue.Enqueue(7);
        return Answer.Of(queue.Count, queue.TryPeek(out int first), first, taken);
    }

    private static string Stacks()
    {
        var stack = new ConcurrentStack<int>();
        Run(4, me => stack.PushRange([me, me, me]));
        int[] popped = new int[20];
        int count = stack.TryPopRange(popped);
        return Answer.Of(count, popped.Sum(), stack.IsEmpty);
    }

    private static string Bags()
    {
        var bag = new ConcurrentBag<int>();
        Run(4, me =>
        {
            for (int i = 0; i < 100; i++)
            {
                bag.Add(me);
            }
        });
        int sum = 0;
        while (bag.TryTake(out int n))
        {
            sum += n;
        }

        return Answer.Of(sum, bag.IsEmpty);
    }

    private static string BlockingTimeouts()
    {
        using var queue = new BlockingCollection<int>(1);
        bool first = queue.TryAdd(1, 0), second = queue.TryAdd(2, 5), took = queue.TryTake(out int n, 5), none = queue.TryTake(out _, 5);
        queue.CompleteAdding();
        try
        {
            queue.Take();
        }
        catch (InvalidOperationException exception)
        {
            return Answer.Of(first, second, took, n, none, exception.Message);
        }

        return "not noticed";
    }

    private static string BlockingAny()
    {
        using BlockingCollection<int> a = [], b = [];
        b.Add(5);
        int index = BlockingCollection<int>.TakeFromAny([a, b], out int item);
        return Answer.Of(index, item, BlockingCollection<int>.TryTakeFromAny([a, b], out _, 5));
    }

    private static string ImmutableUpdates()
    {
        ImmutableDictionary<int, int> map = ImmutableDictionary<int, int>.Empty;
        ImmutableList<int> list = [];
        Run(4, me =>
        {
            for (int i = 0; i < 50; i++)
            {
                ImmutableInterlocked.AddOrUpdate(ref map, i % 5, 1, (_, n) => n + 1);
                ImmutableInterlocked.Update(ref list, (old, item) => old.Add(item), me);
            }
        });
        return Answer.Of(map.Values.Sum(), list.Count, list.Sum());
    }

    private static string WhileEnumerated()
    {
        var map = new ConcurrentDictionary<int, int>(Enumerable.Range(0, 10).Select(n => KeyValuePair.Create(n, n)));
        int seen = 0;
        foreach (int key in map.Keys)
        {
            map.TryRemove(key, out _);
            seen++;
        }

        return Answer.Of(seen, map.IsEmpty);
    }

    private static async Task<string> CallOnce()
    {
        int made = 0;
        var cache = new ConcurrentDictionary<string, Lazy<int>>();
        int[] values = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => cache.GetOrAdd("key", _ => new Lazy<int>(() => Interlocked.Increment(ref made))).Value)));
        return Answer.Of(values.Distinct(), made);
    }

    private static void Run(int threads, Action<int> body)
    {
        Thread[] all = [.. Enumerable.Range(0, threads).Select(me => new Thread(() => body(me)))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
    }
}
