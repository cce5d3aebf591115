using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class Exceptions
{
    public static ProgramGroup All { get; } = new(nameof(Exceptions))
    {
        CatchByType, Filters, FilterOrder, FinallyOrder, Rethrow, InnerExceptions, AggregateFlatten, StackTraceNames, StackFrames, Unwinding, DeepThrow,
        ThrowInFinally, ThrowInCatch, ThrowExpressions, NullReference, InvalidCast, IndexOutOfRange, ArrayTypeMismatch, TypeInitializers, StackOfIterators, DispatchInfo,
        ExceptionData, CustomExceptions, ArgumentGuards, ObjectDisposedGuards, UsingStatement, UsingOrder, AsyncUsing, FilterThrows, FirstChance, ReturnFromFinallyBlocks,
        ThrownManyTimes, OutOfMemory, HResults,
    };

    private static string CatchByType()
    {
        List<string> caught = [];
        foreach (Exception thrown in new Exception[] { new ArgumentNullException("p"), new FormatException("f"), new IOException("i") })
        {
            try
            {
                throw thrown;
            }
            catch (ArgumentException exception)
            {
                caught.Add(exception.GetType().Name);
            }
            catch (Exception exception) when (exception is FormatException)
            {
                caught.Add("format");
            }
            catch
            {
                caught.Add("other");
            }
        }

        return Answer.Of(caught);
    }

    private static string Filters()
    {
        List<int> caught = [];
        for (int i = 0; i < 4; i++)
        {
            try
            {
                try
                {
                    throw new InvalidOperationException(i.ToString());
                }
                catch (InvalidOperationException exception) when (exception.Message == "2")
                {
                    caught.Add(2);
                }
            }
            catch (InvalidOperationException exception) when (int.Parse(exception.Message) % 2 == 1)
            {
                caught.Add(10 + i);
            }
            catch (Exception)
            {
                caught.Add(-i);
            }
        }

        return Answer.Of(caught);
    }

    private static string FilterOrder()
    {
        List<string> order = [];
        try
        {
            try
            {
                throw new InvalidOperationException();
            }
            finally
            {
                order.Add("finally");
            }
        }
        catch (Exception) when (Log("filter"))
        {
            order.Add("catch");
        }

        return Answer.Of(order);

        bool Log(string text)
        {
            order.Add(text);
            return true;
        }
    }

    private static string FinallyOrder()
    {
        List<int> order = [];
        int result = Run();
        return Answer.Of(order, result);

        int Run()
        {
            for (int i = 0; ; i++)
            {
                try
                {
                    try
                    {
                        if (i == 0)
                        {
                            continue;
                        }

                        return i;
                    }
                    finally
                    {
                        order.Add(i);
                    }
                }
                finally
                {
                    order.Add(10 + i);
                }
            }
        }
    }

    private static string Rethrow()
    {
        try
        {
            try
            {
                Thrower("again");
            }
            catch (InvalidOperationException)
            {
                throw;
            }
        }
        catch (InvalidOperationException exception)
        {
            return Answer.Of(exception.Message, Methods(exception).Contains(nameof(Thrower)));
        }

        return "nothing";
    }

    private static string InnerExceptions()
    {
        try
        {
            try
            {
                Thrower("inner");
            }
            catch (Exception exception)
            {
                throw new InvalidDataException("outer", exception);
            }
        }
        catch (Exception exception)
        {
            return Answer.Of(exception.Message, exception.InnerException!.Message, exception.GetBaseException().GetType().Name, exception.ToString().Split('\n')[0].Contains("---> System.InvalidOperationException: inner"));
        }

        return "nothing";
    }

    private static string AggregateFlatten()
    {
        var aggregate = new AggregateException(new FormatException("a"), new AggregateException("nested", new IOException("b")));
        try
        {
            aggregate.Flatten().Handle(exception => exception is FormatException);
        }
        catch (AggregateException rest)
        {
            return Answer.Of(aggregate.Message, aggregate.InnerExceptions.Count, rest.InnerExceptions.Select(exception => exception.Message), aggregate.GetBaseException().GetType().Name);
        }

        return "handled";
    }

    private static string StackTraceNames()
    {
        try
        {
            Outer();
        }
        catch (InvalidOperationException exception)
        {
            string[] lines = exception.StackTrace!.Split('\n');
            return Answer.Of(lines.Take(3).Select(line => line.Trim().Split('(')[0].Replace(" in ", "")), exception.TargetSite?.Name is null or "Inner");
        }

        return "nothing";

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Outer() => Middle<string>();
    }

    private static string StackFrames()
    {
        var trace = new StackTrace();
        string[] names = [.. trace.GetFrames().Select(frame => DiagnosticMethodInfo.Create(frame)?.Name ?? "?")];
        return Answer.Of(names[0], names.Contains(nameof(SampleProgram.Run)));
    }

    private static string Unwinding()
    {
        List<int> unwound = [];
        try
        {
            Descend(20);
        }
        catch (Exception exception)
        {
            return Answer.Of(exception.Message, unwound);
        }

        return "nothing";

        void Descend(int depth)
        {
            try
            {
                if (depth == 0)
                {
                    Thrower("bottom");
                }

                Descend(depth - 1);
            }
            finally
            {
                unwound.Add(depth);
            }
        }
    }

    private static string DeepThrow()
    {
        try
        {
            return Sum(500).ToString();
        }
        catch (InvalidOperationException exception)
        {
            return Answer.Of(exception.Message, Methods(exception).Length > 400);
        }

        static int Sum(int n) => n == 0 ? throw new InvalidOperationException("deep") : n + Sum(n - 1);
    }

    private static string ThrowInFinally()
    {
        try
        {
            try
            {
                throw new FormatException("first");
            }
            finally
            {
                Thrower("second");
            }
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private static string ThrowInCatch()
    {
        try
        {
            try
            {
                throw new FormatException("first");
            }
            catch (FormatException exception)
            {
                throw new InvalidOperationException("second, after " + exception.Message);
            }
        }
        catch (InvalidOperationException exception)
        {
            return Answer.Of(exception.Message, exception.InnerException);
        }
    }

    private static string ThrowExpressions()
    {
        string? text = null;
        try
        {
            return text ?? throw new InvalidOperationException("no text");
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static string NullReference()
    {
        string? text = null;
        int[]? numbers = null;
        Action? action = null;
        return Answer.Of(Fails(() => text!.Length), Fails(() => numbers![0]), Fails(() => numbers![^1] = 1), Fails(() =>
        {
            action!();
            return 0;
        }), Fails(() => ((Holder?)null)!.Number++));
    }

    private static string InvalidCast()
    {
        object text = "text", number = 5;
        List<string> messages = [];
        foreach (Func<object> cast in new Func<object>[] { () => (int)text, () => (long)number, () => (Holder)text, () => (int[])number, () => (IDisposable)number })
        {
            try
            {
                messages.Add($"{cast()}");
            }
            catch (InvalidCastException exception)
            {
                messages.Add(exception.Message.Split('.')[0].Length > 0 ? "refused" : "silent");
            }
        }

        return Answer.Of(messages, Fails(() => (int)(object)null!), text as IDisposable);
    }

    private static string IndexOutOfRange()
    {
        int[] numbers = [1, 2];
        int minusOne = int.Parse("-1");
        return Answer.Of(Fails(() => numbers[2]), Fails(() => numbers[minusOne]), Fails(() => "ab"[5]), Fails(() => new List<int>()[0]), Fails(() => new int[minusOne]), Fails(() => numbers.AsSpan()[2]));
    }

    private static string ArrayTypeMismatch()
    {
        object[] array = new string[2];
        array[0] = "fine";
        return Answer.Of(Fails(() => array[1] = new object()), array[0], Fails(() => Array.ConvertAll(array, item => ((string)item).Length).Length));
    }

    private static string TypeInitializers()
    {
        List<string> errors = [];
        for (int i = 0; i < 2; i++)
        {
            try
            {
                errors.Add(Faulty.Value.ToString());
            }
            catch (TypeInitializationException exception)
            {
                errors.Add(exception.InnerException!.Message);
            }
        }

        return Answer.Of(errors);
    }

    private static string StackOfIterators()
    {
        try
        {
            return Answer.Of(Items().Select(n => n * 2));
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }

        static IEnumerable<int> Items()
        {
            yield return 1;
            throw new InvalidOperationException("after one");
        }
    }

    private static string DispatchInfo()
    {
        ExceptionDispatchInfo? captured = null;
        try
        {
            Thrower("captured");
        }
        catch (Exception exception)
        {
            captured = ExceptionDispatchInfo.Capture(exception);
        }

        try
        {
            captured!.Throw();
        }
        catch (InvalidOperationException exception)
        {
            return Answer.Of(exception.Message, Methods(exception)[0], exception.StackTrace!.Contains("End of stack trace from previous location"));
        }

        return "nothing";
    }

    private static string ExceptionData()
    {
        var exception = new InvalidOperationException("with data") { HelpLink = "urn:help", Source = "here" };
        exception.Data["key"] = 5;
        return Answer.Of(exception.Data, exception.HelpLink, exception.Source, exception.StackTrace is null, exception.ToString());
    }

    private static string CustomExceptions()
    {
        try
        {
            throw new OrderException(7);
        }
        catch (OrderException exception) when (exception.Number == 7)
        {
            return Answer.Of(exception.Message, exception.Number, exception.ToString().Split('\n')[0]);
        }
    }

    private static string ArgumentGuards()
    {
        List<string> messages = [];
        foreach (Action guard in new Action[]
        {
            () => ArgumentNullException.ThrowIfNull((object?)null, "name"), () => ArgumentException.ThrowIfNullOrEmpty("", "text"), () => ArgumentOutOfRangeException.ThrowIfNegative(-1, "count"),
            () => ArgumentOutOfRangeException.ThrowIfGreaterThan(5, 3, "size"), () => throw new ArgumentException("bad", "what"), () => throw new ArgumentOutOfRangeException("n", 9, "too much"),
        })
        {
            try
            {
                guard();
            }
            catch (ArgumentException exception)
            {
                messages.Add(exception.Message);
            }
        }

        return Answer.Of(messages);
    }

    private static string ObjectDisposedGuards()
    {
        var stream = new MemoryStream();
        stream.Dispose();
        try
        {
            stream.WriteByte(1);
        }
        catch (ObjectDisposedException exception)
        {
            return Answer.Of(exception.Message, exception.ObjectName);
        }

        return "not noticed";
    }

    private static string UsingStatement()
    {
        List<string> log = [];
        try
        {
            using var first = new Resource("first", log);
            using (new Resource("inner", log))
            {
                log.Add("work");
            }

            Thrower("failed");
        }
        catch (InvalidOperationException)
        {
            log.Add("caught");
        }

        return Answer.Of(log);
    }

    private static string UsingOrder()
    {
        List<string> log = [];
        {
            using Resource a = new("a", log), b = new("b", log);
            using Resource? none = null;
        }

        return Answer.Of(log);
    }

    private static async Task<string> AsyncUsing()
    {
        List<string> log = [];
        await using (new AsyncResource(log))
        {
            log.Add("work");
        }

        return Answer.Of(log);
    }

    private static string FilterThrows()
    {
        try
        {
            Thrower("thrown");
        }
        catch (Exception) when (((string?)null)!.Length > 0)
        {
            return "filter passed";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }

        return "nothing";
    }

    private static string FirstChance()
    {
        int seen = 0;
        EventHandler<FirstChanceExceptionEventArgs> handler = (_, chance) => seen += chance.Exception is FormatException ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += handler;
        try
        {
            throw new FormatException();
        }
        catch (FormatException)
        {
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= handler;
        }

        return Answer.Of(seen);
    }

    private static string ReturnFromFinallyBlocks()
    {
        int count = 0;
        return Answer.Of(First(), count);

        int First()
        {
            try
            {
                return ++count;
            }
            finally
            {
                count += 10;
            }
        }
    }

    private static string ThrownManyTimes()
    {
        int caught = 0;
        for (int i = 0; i < 2000; i++)
        {
            try
            {
                Thrower("x");
            }
            catch (InvalidOperationException)
            {
                caught++;
            }
        }

        return Answer.Of(caught);
    }

    private static string OutOfMemory()
    {
        long huge = long.Parse("1000000000");
        return Answer.Of(Fails(() => new byte[huge * 4].Length), Fails(() => new string('x', int.MaxValue).Length));
    }

    private static string HResults() => Answer.Of(new ArgumentException().HResult, new OutOfMemoryException().HResult, new OrderException(1).HResult, new FileNotFoundException().HResult);

    private static string[] Methods(Exception exception) => [.. new StackTrace(exception).GetFrames().Select(frame => DiagnosticMethodInfo.Create(frame)?.Name ?? "?")];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Middle<T>() => Inner(typeof(T));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Inner(Type type) => throw new InvalidOperationException(type.Name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thrower(string message) => throw new InvalidOperationException(message);

    private static string Fails<T>(Func<T> action)
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

    private static class Faulty
    {
        public static int Value { get; } = int.Parse("no number".Substring(0, 1) == "n" ? throw new FormatException("in the initializer") : "1");
    }

    private sealed class Holder
    {
        public int Number;
    }

    private sealed class OrderException(int number) : Exception($"order {number} is wrong")
    {
        public int Number => number;
    }

    private sealed class Resource(string name, List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("end of " + name);
    }

    private sealed class AsyncResource(List<string> log) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            log.Add("end");
        }
    }
}
