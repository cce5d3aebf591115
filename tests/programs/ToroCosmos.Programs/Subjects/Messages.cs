using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ToroCosmos.Programs.Subjects;

/// <summary>The framework's own sentences.</summary>
internal static class Messages
{
    public static ProgramGroup All { get; } = new(nameof(Messages)) { OfDefaults, OfArguments, OfRuntimeFaults, OfCollections, OfConversions, OfTasks };

    private static string OfDefaults() => Answer.Of(new Exception[]
    {
        new(), new ArgumentException(), new ArgumentNullException(), new ArgumentOutOfRangeException(), new InvalidOperationException(), new NotSupportedException(), new NotImplementedException(), new NullReferenceException(),
        new InvalidCastException(), new IndexOutOfRangeException(), new DivideByZeroException(), new OverflowException(), new FormatException(), new TimeoutException(), new OperationCanceledException(), new IOException(),
        new UnauthorizedAccessException(), new KeyNotFoundException(),
    }.Select(exception => exception.Message));

    private static string OfArguments() => Answer.Of(MessageOf(() => "abc".Substring(5)), MessageOf(() => new List<int>(-1)), MessageOf(() => string.Join(",", (string[])null!)), MessageOf(() => "x".PadLeft(-1)), MessageOf(() => Enum.Parse<DayOfWeek>("x")));

    private static string OfRuntimeFaults()
    {
        int zero = int.Parse("0");
        object text = "text";
        int[] empty = [];
        return Answer.Of(MessageOf(() => 1 / zero), MessageOf(() => empty[zero]), MessageOf(() => ((string?)null)!.Length), MessageOf(() => checked(int.MaxValue - zero + (1 + zero))), MessageOf(() => ((object[])new string[1])[0] = 5), MessageOf(() => new int[zero - 1]), text);
    }

    private static string OfCollections() => Answer.Of(
        MessageOf(() => new Dictionary<string, int>()["absent"]), MessageOf(() => new Dictionary<int, int> { { 1, 1 }, { 1, 2 } }), MessageOf(() => new Stack<int>().Pop()), MessageOf(() => new List<int>()[3]), MessageOf(() => Array.Empty<int>().Max()), MessageOf(() => new int[2].GetValue(5)!));

    private static string OfConversions() => Answer.Of(MessageOf(() => int.Parse("x")), MessageOf(() => byte.Parse("300")), MessageOf(() => Convert.FromBase64String("?")), MessageOf(() => Guid.Parse("1")), MessageOf(() => Convert.ChangeType("x", typeof(int))), MessageOf(() => TimeSpan.Parse("99:99")), MessageOf(() => new Version("1")));

    private static string OfTasks() => Answer.Of(new AggregateException(new FormatException("inner")).Message, new System.Threading.Tasks.TaskCanceledException().Message, new System.Threading.SemaphoreFullException().Message, new System.Threading.LockRecursionException().Message);

    private static string MessageOf(Func<object?> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
