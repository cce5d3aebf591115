using System.Threading;
using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>
/// What all of <see cref="Interlocked"/> is made of, as locked instructions. Cosmos has plain loads and stores for one
/// core; its plugs come after these, so these are taken.
/// </summary>
[Plug(Target = typeof(Interlocked))]
public static class InterlockedPlugs
{
    /// <summary>
    /// No signature: a plug is for the overload of exactly its types. IL2CPU reads the signature of a plug with an attribute
    /// before it turns down another overload.
    /// </summary>
    private const string Exact = "";

    [PlugMethod(Assembler = typeof(ExchangeLines), Signature = Exact)]
    public static int Exchange(ref int location1, int value) => throw null!;

    [PlugMethod(Assembler = typeof(ExchangeLines), Signature = Exact)]
    public static nint Exchange(ref nint location1, nint value) => throw null!;

    [PlugMethod(Assembler = typeof(ExchangeLongLines), Signature = Exact)]
    public static long Exchange(ref long location1, long value) => throw null!;

    [PlugMethod(Assembler = typeof(ExchangeObjectLines), Signature = Exact)]
    public static object Exchange(ref object location1, object value) => throw null!;

    [PlugMethod(Assembler = typeof(CompareExchangeLines), Signature = Exact)]
    public static int CompareExchange(ref int location1, int value, int comparand) => throw null!;

    [PlugMethod(Assembler = typeof(CompareExchangeLines), Signature = Exact)]
    public static nint CompareExchange(ref nint location1, nint value, nint comparand) => throw null!;

    [PlugMethod(Assembler = typeof(CompareExchangeLongLines), Signature = Exact)]
    public static long CompareExchange(ref long location1, long value, long comparand) => throw null!;

    [PlugMethod(Assembler = typeof(CompareExchangeObjectLines), Signature = Exact)]
    public static object CompareExchange(ref object location1, object value, object comparand) => throw null!;

    [PlugMethod(Assembler = typeof(ExchangeAddLines), Signature = Exact)]
    public static int ExchangeAdd(ref int location1, int value) => throw null!;

    [PlugMethod(Assembler = typeof(ExchangeAddLongLines), Signature = Exact)]
    public static long ExchangeAdd(ref long location1, long value) => throw null!;

    /// <summary>Cosmos has it by itself; the class library's own is made of the above.</summary>
    public static int Decrement(ref int location) => Interlocked.Add(ref location, -1);

    [PlugMethod(Assembler = typeof(CpuPlugs.FullFenceLines))]
    public static void MemoryBarrier() => throw null!;

    /// <summary>XCHG with memory is always locked.</summary>
    public sealed class ExchangeLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            xchg [edx], eax
            push eax
            """;
    }

    /// <summary>A reference is two words, of which the high one is the address.</summary>
    public sealed class ExchangeObjectLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 16]
            mov eax, [ebp + 12]
            xchg [edx + 4], eax
            push eax
            push dword 0
            """;
    }

    /// <summary>A word that changes between the look and the exchange makes another try.</summary>
    public sealed class ExchangeLongLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edi, [ebp + 16]
            mov ebx, [ebp + 8]
            mov ecx, [ebp + 12]
            mov eax, [edi]
            mov edx, [edi + 4]
            .again:
            lock cmpxchg8b [edi]
            jnz .again
            push edx
            push eax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class CompareExchangeLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 16]
            mov ecx, [ebp + 12]
            mov eax, [ebp + 8]
            lock cmpxchg [edx], ecx
            push eax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class CompareExchangeLongLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edi, [ebp + 24]
            mov ebx, [ebp + 16]
            mov ecx, [ebp + 20]
            mov eax, [ebp + 8]
            mov edx, [ebp + 12]
            lock cmpxchg8b [edi]
            push edx
            push eax
            """;
    }

    /// <summary>A reference is two words, of which the high one is the address.</summary>
    public sealed class CompareExchangeObjectLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 24]
            mov ecx, [ebp + 20]
            mov eax, [ebp + 12]
            lock cmpxchg [edx + 4], ecx
            push eax
            push dword 0
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class ExchangeAddLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            lock xadd [edx], eax
            push eax
            """;
    }

    /// <summary>A word that changes between the look and the exchange makes another try.</summary>
    public sealed class ExchangeAddLongLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edi, [ebp + 16]
            mov eax, [edi]
            mov edx, [edi + 4]
            .again:
            mov ebx, eax
            mov ecx, edx
            add ebx, [ebp + 8]
            adc ecx, [ebp + 12]
            lock cmpxchg8b [edi]
            jnz .again
            push edx
            push eax
            """;
    }
}
