using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>
/// Assembly about Cosmos' own note of whether interrupts are enabled, <c>CPU.mInterruptsEnabled</c>. It is false as long as
/// code keeps interrupts from the boot core, and true in a handler, from which only the processor keeps them.
/// </summary>
/// <remarks>
/// Cosmos' heap enables interrupts at each allocation, also in a handler, and its network stack waits for the timer in
/// handlers because they are. The note tells these from code that sleeps or holds a lock, where the same would lose a
/// wake-up. Cosmos runs on the boot core only, so the note is that core's: others leave it alone.
/// </remarks>
internal static class InterruptFlagLines
{
    /// <summary>The byte, in assembly.</summary>
    public static string Note => AsmMarker.Labels[AsmMarker.Type.Processor_IntsEnabled];

    /// <summary>Goes on at a label on other cores; changes eax.</summary>
    public static string JumpOnOtherCores(string label) => $"""
        mov eax, gs
        cmp ax, {StartUpPage.CoreSegment * 8}
        jne {label}
        """;

    /// <summary>Notes what code does to the flag of this core; changes eax.</summary>
    public static string Set(bool enabled) => $"""
        {JumpOnOtherCores(".noted")}
        mov byte [{Note}], {(enabled ? 1 : 0)}
        .noted:
        """;
}
