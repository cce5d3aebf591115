using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class ParallelLoops
{
    public static ProgramGroup All { get; } = new(nameof(ParallelLoops))
    {
        For, ForEach, ForWithLocals, BreakAndStop, Exceptions, Cancelled, Invoke, DegreeOfParallelism, ForEachAsync, Partitioners, Nested, QuerySum, QueryOrdered, QueryExceptions, QueryCancelled, QueryForAll,
        MatrixProduct, Mandelbrot, QuickSort,
    };

    private static string For()
    {
        long[] squares = new long[1000];
        ParallelLoopResult result = Parallel.For(0, squares.Length, i => squares[i] = (long)i * i);
        return Answer.Of(squares.Sum(), result.IsCompleted);
    }

    private static string ForEach()
    {
        var seen = new ConcurrentBag<int>();
        Parallel.ForEach(Enumerable.Range(1, 200), n => seen.Add(n));
        return Answer.Of(seen.Count, seen.Sum());
    }

    private static string ForWithLocals()
    {
        long total = 0;
        Parallel.For(0, 10_000, () => 0L, (i, _, sum) => sum + i, sum => Interlocked.Add(ref total, sum));
        return Answer.Of(total);
    }

    private static string BreakAndStop()
    {
        ParallelLoopResult broken = Parallel.For(0, 1000, (i, state) =>
        {
            if (i == 50)
            {
                state.Break();
            }
        });
        ParallelLoopResult stopped = Parallel.For(0, 1000, (_, state) => state.Stop());
        return Answer.Of(broken.IsCompleted, broken.LowestBreakIteration, stopped.IsCompleted, stopped.LowestBreakIteration);
    }

    private static string Exceptions()
    {
        try
        {
            Parallel.For(0, 100, i =>
            {
                if (i == 42)
                {
                    throw new FormatException("at 42");
                }
            });
        }
        catch (AggregateException exception)
        {
            return Answer.Of(exception.InnerExceptions.Count, exception.InnerExceptions[0].Message);
        }

        return "nothing";
    }

    private static string Cancelled()
    {
        using var source = new CancellationTokenSource();
        try
        {
            Parallel.For(0, 100_000, new ParallelOptions { CancellationToken = source.Token }, i => source.Cancel());
        }
        catch (OperationCanceledException exception)
        {
            return Answer.Of(exception.CancellationToken == source.Token);
        }

        return "not cancelled";
    }

    private static string Invoke()
    {
        int a = 0, b = 0, c = 0;
        Parallel.Invoke(() => a = 1, () => b = 2, () => c = 3);
        return Answer.Of(a, b, c);
    }

    private static string DegreeOfParallelism()
    {
        int now = 0, most = 0;
        object gate = new();
        Parallel.For(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
            }

            Thread.SpinWait(50);
            lock (gate)
            {
                now--;
            }
        });
        return Answer.Of(most <= 2);
    }

    private static async Task<string> ForEachAsync()
    {
        int sum = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (n, token) =>
        {
            await Task.Yield();
            Interlocked.Add(ref sum, n);
        });
        return Answer.Of(sum);
    }

    private static string Partitioners()
    {
        long sum = 0;
        Parallel.ForEach(Partitioner.Create(0, 10_000, 512), range =>
        {
            long part = 0;
            for (int i = range.Item1; i < range.Item2; i++)
            {
                part += i;
            }

            Interlocked.Add(ref sum, part);
        });
        return Answer.Of(sum);
    }

    private static string Nested()
    {
        int count = 0;
        Parallel.For(0, 10, _ => Parallel.For(0, 10, _ => Interlocked.Increment(ref count)));
        return Answer.Of(count);
    }

    private static string QuerySum() => Answer.Of(Enumerable.Range(0, 10_000).AsParallel().Where(n => n % 3 == 0).Select(n => n / 3).Sum());

    private static string QueryOrdered() => Answer.Of(Enumerable.Range(0, 40).AsParallel().AsOrdered().Where(n => n % 7 == 0).Select(n => n * 10), "hello".AsParallel().AsOrdered().Select(c => (char)(c + 1)));

    private static string QueryExceptions()
    {
        try
        {
            return Answer.Of(Enumerable.Range(0, 100).AsParallel().Select(n => 100 / (n - 50)).Sum());
        }
        catch (AggregateException exception)
        {
            return exception.InnerExceptions[0].GetType().Name;
        }
    }

    private static string QueryCancelled()
    {
        var token = new CancellationToken(canceled: true);
        try
        {
            return Answer.Of(Enumerable.Range(0, 1000).AsParallel().WithCancellation(token).Count(n => n > 5));
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private static string QueryForAll()
    {
        int sum = 0;
        Enumerable.Range(0, 500).AsParallel().ForAll(n => Interlocked.Add(ref sum, n));
        return Answer.Of(sum);
    }

    private static string MatrixProduct()
    {
        const int size = 40;
        double[,] a = new double[size, size], product = new double[size, size];
        for (int i = 0; i < size * size; i++)
        {
            a[i / size, i % size] = i % 7;
        }

        Parallel.For(0, size, row =>
        {
            for (int column = 0; column < size; column++)
            {
                double sum = 0;
                for (int k = 0; k < size; k++)
                {
                    sum += a[row, k] * a[k, column];
                }

                product[row, column] = sum;
            }
        });
        return Answer.Of(product.Cast<double>().Sum(), product[3, 5]);
    }

    private static string Mandelbrot()
    {
        int inside = 0;
        Parallel.For(0, 40, y =>
        {
            for (int x = 0; x < 60; x++)
            {
                double cr = (x / 20.0) - 2, ci = (y / 20.0) - 1, zr = 0, zi = 0;
                int steps = 0;
                for (; steps < 60 && (zr * zr) + (zi * zi) < 4; steps++)
                {
                    (zr, zi) = ((zr * zr) - (zi * zi) + cr, (2 * zr * zi) + ci);
                }

                if (steps == 60)
                {
                    Interlocked.Increment(ref inside);
                }
            }
        });
        return Answer.Of(inside);
    }

    private static string QuickSort()
    {
        var random = new Random(5);
        int[] numbers = [.. Enumerable.Range(0, 5000).Select(_ => random.Next(100_000))];
        int[] expected = [.. numbers.Order()];
        Sort(0, numbers.Length - 1, 3);
        return Answer.Of(numbers.SequenceEqual(expected));

        void Sort(int low, int high, int depth)
        {
            if (low >= high)
            {
                return;
            }

            int pivot = numbers[(low + high) / 2], i = low, j = high;
            while (i <= j)
            {
                while (numbers[i] < pivot)
                {
                    i++;
                }

                while (numbers[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                    i++;
                    j--;
                }
            }

            if (depth > 0)
            {
                Parallel.Invoke(() => Sort(low, j, depth - 1), () => Sort(i, high, depth - 1));
            }
            else
            {
                Sort(low, j, 0);
                Sort(i, high, 0);
            }
        }
    }
}
