using System.Globalization;

namespace TestRunner.Runs;

/// <summary>A triple fault: an exception that a processor could not deliver, nor the double fault that follows from it.</summary>
/// <param name="Processor">The processor's number, from 0.</param>
/// <param name="Vector">The last exception, by its vector (Intel SDM 3A, 6.15).</param>
/// <param name="CodeSelector">CS.</param>
/// <param name="InstructionPointer">The offset in CS of the instruction.</param>
/// <param name="PageFaultAddress">CR2; it tells of this fault only when one of the three was a page fault.</param>
public sealed record MachineFault(int Processor, int Vector, ushort CodeSelector, ulong InstructionPointer, ulong PageFaultAddress)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a triple fault on processor {Processor}: exception {Vector} at {CodeSelector:x4}:{InstructionPointer:x16}, CR2 0x{PageFaultAddress:x}");
}
