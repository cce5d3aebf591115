using System.Globalization;

namespace TestRunner.Runs;

/// <summary>Where a core was.</summary>
/// <param name="Number">The emulator's number of the core.</param>
/// <param name="InstructionPointer">Its next instruction.</param>
/// <param name="Halted">Whether it waited for an interrupt.</param>
public sealed record CoreState(int Number, ulong InstructionPointer, bool Halted)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"core {Number} {(Halted ? "halted" : "running")} at 0x{InstructionPointer:x}");
}
