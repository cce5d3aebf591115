using System;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Panic;

namespace ToroCosmos.KernelSuites;

/// <summary>What a panic relies on.</summary>
internal static unsafe class PanicSuite
{
    [KernelTest]
    internal static void Every_address_of_a_function_leads_to_its_name()
    {
        ulong begin = (ulong)(delegate*<void>)&Function;
        Check.That(SymbolTable.Find(begin, out ReadOnlySpan<byte> name, out ulong start));
        Check.That(name.SequenceEqual("ToroCosmos_KernelSuites_ToroCosmos_KernelSuites_PanicSuite__Function"u8));
        Check.Equal((long)begin, (long)start);
        Check.That(SymbolTable.Find(begin + 1, out name, out start));
        Check.Equal((long)begin, (long)start);
        Check.That(SymbolTable.Find(begin - 1, out name, out start));
        Check.That(start < begin);
    }

    [KernelTest]
    internal static void An_address_outside_the_code_has_no_name()
    {
        Check.That(!SymbolTable.Find(0, out _, out _));
        Check.That(!SymbolTable.Find(ImageLayout.Get()->TextStart - 1, out _, out _));
        Check.That(SymbolTable.Find(ImageLayout.Get()->TextEnd - 1, out _, out _));
        Check.That(!SymbolTable.Find(ImageLayout.Get()->TextEnd, out _, out _));
        Check.That(!SymbolTable.Find(ulong.MaxValue, out _, out _));
    }

    private static void Function() => Check.That(true);
}
