using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;

#pragma warning disable CA1859 // The tests call through the types they name, on purpose.
#pragma warning disable CA2219 // A finally that throws is one of the tests.

namespace ToroCosmos.KernelSuites;

/// <summary>Exceptions, on every core at once.</summary>
internal static class ExceptionSuite
{
    private const int Rounds = 100;

    private static readonly int s_zero = int.Parse("0", CultureInfo.InvariantCulture);

    private interface IShape
    {
        int Area();
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_thrown_exception_is_caught() =>
        Check.That(Catch.Throws<InvalidOperationException>(() => throw new InvalidOperationException()));

    [KernelTest(On = KernelTestCores.All)]
    internal static void Many_exceptions_on_every_core_at_once(int core)
    {
        string text = core.ToString(CultureInfo.InvariantCulture);
        int seen = 0;
        for (int i = 0; i < Rounds; i++)
        {
            try
            {
                try
                {
                    throw new InvalidOperationException(text);
                }
                finally
                {
                    seen++;
                }
            }
            catch (InvalidOperationException e) when (e.Message == text)
            {
                seen++;
            }
        }

        Check.Equal(2 * Rounds, seen);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Finally_blocks_run_inside_out()
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

        Check.That(order == "123", order);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_filter_chooses_the_handler()
    {
        string caught = "";
        try
        {
            throw new ArgumentException("deep");
        }
        catch (ArgumentException e) when (e.Message == "shallow")
        {
            caught = "shallow";
        }
        catch (ArgumentException e) when (e.Message == "deep")
        {
            caught = "deep";
        }

        Check.That(caught == "deep", caught);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void An_exception_in_a_filter_is_swallowed()
    {
        bool isSecond = false;
        try
        {
            throw new ArgumentException("x");
        }
        catch (ArgumentException) when (1 / Zero() == 1)
        {
            Check.Fail("the filter did not throw");
        }
        catch (ArgumentException)
        {
            isSecond = true;
        }

        Check.That(isSecond);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Throw_inside_catch()
    {
        string? first = null;
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
            first = e.InnerException?.Message;
        }

        Check.That(first == "first", first);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Throw_inside_finally_replaces_the_first_exception()
    {
        bool isSecond = false;
        try
        {
            try
            {
                throw new ArgumentException("first");
            }
            finally
            {
                Catch.Throws<FormatException>(() => throw new FormatException());
                if (Zero() == 0)
                {
                    ThrowNotSupported();
                }
            }
        }
        catch (NotSupportedException)
        {
            isSecond = true;
        }
        catch (ArgumentException)
        {
            Check.Fail("the first exception came through");
        }

        Check.That(isSecond);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Rethrow_keeps_the_exception()
    {
        ArgumentException thrown = new("same");
        object? caught = null;
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
            caught = e;
        }

        Check.That(ReferenceEquals(caught, thrown));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Catch_inside_catch()
    {
        int depth = 0;
        try
        {
            throw new ArgumentException("outer");
        }
        catch (ArgumentException outer)
        {
            for (int i = 0; i < Rounds; i++)
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

        Check.Equal(Rounds, depth);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_null_reference_is_an_exception()
    {
        for (int i = 0; i < Rounds; i++)
        {
            Check.That(Catch.Throws<NullReferenceException>(() => _ = NoString().Length));
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_null_reference_in_a_helper_is_an_exception() =>
        Check.That(Catch.Throws<NullReferenceException>(() => Store(null!, "x")));

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_null_receiver_of_an_interface_call_is_an_exception() =>
        Check.That(Catch.Throws<NullReferenceException>(() => _ = NoShape().Area()));

    [KernelTest(On = KernelTestCores.All)]
    internal static void Division_by_zero_is_an_exception()
    {
        Check.That(Catch.Throws<DivideByZeroException>(() => _ = 1 / Zero()));
        Check.That(Catch.Throws<DivideByZeroException>(() => _ = 1L % Zero()));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void An_index_out_of_range_is_an_exception() =>
        Check.That(Catch.Throws<IndexOutOfRangeException>(() => _ = Two()[Zero() + 2]));

    [KernelTest(On = KernelTestCores.All)]
    internal static void Overflow_is_an_exception() =>
        Check.That(Catch.Throws<OverflowException>(() => _ = checked(int.MaxValue + Zero() + 1)));

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_negative_array_length_is_an_exception() =>
        Check.That(Catch.Throws<OverflowException>(() => _ = new int[Zero() - 1]));

    [KernelTest(On = KernelTestCores.All)]
    internal static void The_class_library_throws() =>
        Check.That(Catch.Throws<FormatException>(() => int.Parse("zz", CultureInfo.InvariantCulture)));

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_stack_trace_names_methods()
    {
        try
        {
            ThrowNotSupported();
            Check.Fail("nothing was thrown");
        }
        catch (NotSupportedException e)
        {
            Check.That(e.ToString().Contains(nameof(ThrowNotSupported), StringComparison.Ordinal));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Zero() => s_zero;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int[] Two() => new int[2 + Zero()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string NoString() => s_zero == 0 ? null! : "";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IShape NoShape() => s_zero == 0 ? null! : new Point();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Store(Holder holder, object value) => holder.Value = value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNotSupported() => throw new NotSupportedException();

    private sealed class Holder
    {
        public object? Value { get; set; }
    }

    private sealed class Point : IShape
    {
        public int Area() => 0;
    }
}
