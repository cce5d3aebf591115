using TestRunner.Runs;

namespace TestRunner.Bochs;

/// <summary>Registers of a processor, as Bochs writes all of them into its log when it ends.</summary>
/// <param name="Number">The processor's number, from 0.</param>
/// <param name="Halted">Whether it executed nothing: it waited for an interrupt or for its start.</param>
internal sealed record ProcessorDump(int Number, bool Halted)
{
    /// <summary>The selector in CS.</summary>
    public ushort CodeSelector { get; set; }

    /// <summary>The instruction that it executed last.</summary>
    public ulong InstructionPointer { get; set; }

    /// <summary>CR2, the address of the last page fault.</summary>
    public ulong PageFaultAddress { get; set; }

    public CoreState State => new(Number, InstructionPointer, Halted);
}
