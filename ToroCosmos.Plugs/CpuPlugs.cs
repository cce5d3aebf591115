using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>The instructions of <see cref="Cpu"/>.</summary>
[Plug(Target = typeof(Cpu))]
public static unsafe class CpuPlugs
{
    [PlugMethod(Assembler = typeof(PauseLines))]
    public static void Pause() => throw null!;

    [PlugMethod(Assembler = typeof(FullFenceLines))]
    public static void FullFence() => throw null!;

    /// <summary>See <see cref="Cpu.Call"/>; IL2CPU takes a function pointer for a number.</summary>
    [PlugMethod(Assembler = typeof(CallLines))]
    public static void Call(nint function, int argument) => throw null!;

    [PlugMethod(Assembler = typeof(ReadTimestampLines))]
    public static ulong ReadTimestamp() => throw null!;

    [PlugMethod(Assembler = typeof(CurrentCoreLines))]
    public static int CurrentCore() => throw null!;

    [PlugMethod(Assembler = typeof(AreInterruptsEnabledLines))]
    public static bool AreInterruptsEnabled() => throw null!;

    [PlugMethod(Assembler = typeof(DisableInterruptsLines))]
    public static void DisableInterrupts() => throw null!;

    [PlugMethod(Assembler = typeof(EnableInterruptsLines))]
    public static void EnableInterrupts() => throw null!;

    [PlugMethod(Assembler = typeof(EnableInterruptsAndHaltLines))]
    public static void EnableInterruptsAndHalt() => throw null!;

    [PlugMethod(Assembler = typeof(DisableInterruptsAndHaltLines))]
    public static void DisableInterruptsAndHalt() => throw null!;

    [PlugMethod(Assembler = typeof(ReadMsrLines))]
    public static ulong ReadMsr(uint register) => throw null!;

    [PlugMethod(Assembler = typeof(WriteMsrLines))]
    public static void WriteMsr(uint register, ulong value) => throw null!;

    [PlugMethod(Assembler = typeof(ReadCpuIdLines))]
    public static void ReadCpuId(uint leaf, uint subleaf, uint* eax, uint* ebx, uint* ecx, uint* edx) => throw null!;

    /// <summary>The hint alone.</summary>
    public sealed class PauseLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            pause
            """;
    }

    /// <summary>A locked operation orders as MFENCE does, and faster (Intel SDM 3A, Memory Ordering).</summary>
    public sealed class FullFenceLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            lock or dword [esp], 0
            """;
    }

    /// <summary>A function leaves 0 in ecx unless an exception is in flight, which then goes on to the caller.</summary>
    public sealed class CallLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            push dword [ebp + 8]
            call dword [ebp + 12]
            test ecx, 2
            jz .returned
            pop ebp
            ret 8
            .returned:
            """;
    }

    /// <summary>The counter.</summary>
    public sealed class ReadTimestampLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            rdtsc
            push edx
            push eax
            """;
    }

    /// <summary>A core's number is in its gs selector: see <see cref="StartUpPage"/>.</summary>
    public sealed class CurrentCoreLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov eax, gs
            and eax, 0xFFFF
            shr eax, 3
            sub eax, 2
            push eax
            """;
    }

    /// <summary>The flag is bit 9.</summary>
    public sealed class AreInterruptsEnabledLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            pushfd
            pop eax
            shr eax, 9
            and eax, 1
            push eax
            """;
    }

    /// <summary>The flag, then the note: no handler sees them differ.</summary>
    public sealed class DisableInterruptsLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            cli
            {InterruptFlagLines.Set(enabled: false)}
            """;
    }

    /// <summary>The note, then the flag: no handler sees them differ.</summary>
    public sealed class EnableInterruptsLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            {InterruptFlagLines.Set(enabled: true)}
            sti
            """;
    }

    /// <summary>STI holds interrupts back for one more instruction.</summary>
    public sealed class EnableInterruptsAndHaltLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            {InterruptFlagLines.Set(enabled: true)}
            sti
            hlt
            """;
    }

    /// <summary>The flag, the note, and the halt.</summary>
    public sealed class DisableInterruptsAndHaltLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            cli
            {InterruptFlagLines.Set(enabled: false)}
            hlt
            """;
    }

    /// <summary>The register. The result is longer than the argument, which is therefore one word further away.</summary>
    public sealed class ReadMsrLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov ecx, [ebp + 12]
            rdmsr
            push edx
            push eax
            """;
    }

    /// <summary>
    /// The register, after all earlier stores: the write of an x2APIC's register does not order itself behind them (Intel SDM
    /// 3A, MSR Access in x2APIC Mode).
    /// </summary>
    public sealed class WriteMsrLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mfence
            lfence
            mov eax, [ebp + 8]
            mov edx, [ebp + 12]
            mov ecx, [ebp + 16]
            wrmsr
            """;
    }

    /// <summary>The four registers, one after the other.</summary>
    public sealed class ReadCpuIdLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov eax, [ebp + 28]
            mov ecx, [ebp + 24]
            cpuid
            mov edi, [ebp + 20]
            mov [edi], eax
            mov edi, [ebp + 16]
            mov [edi], ebx
            mov edi, [ebp + 12]
            mov [edi], ecx
            mov edi, [ebp + 8]
            mov [edi], edx
            """;
    }
}
