using System.Runtime.InteropServices;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>
/// A lock between cores. Interrupts are kept from the core that has it, so that a handler of Cosmos never waits for the
/// code it interrupted.
/// </summary>
/// <remarks>
/// IL2CPU puts static fields at any address; a locked instruction on a word that is not aligned stops all cores in QEMU,
/// and the bus on some machines. The words therefore stand at the first aligned address in the structure.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Words + Alignment)]
internal struct KernelLock
{
    private const int Words = 16;
    private const int Alignment = 16;

    // The words: whether it is taken, by which core (its number and 1), how often by it, and how that core's interrupts were.
    private const int Taken = 0;
    private const int Owner = 1;
    private const int Depth = 2;
    private const int Interrupts = 3;

    /// <summary>Takes the lock; once more when this core has it.</summary>
    public static unsafe void Enter(KernelLock* self)
    {
        uint* words = Align(self);
        uint interrupts = Machine.DisableInterrupts();
        uint core = (uint)Cpu.CurrentCore() + 1;
        if (words[Owner] != core)
        {
            while (Machine.Exchange(words + Taken, 1) != 0)
            {
                Cpu.Pause();
            }

            words[Owner] = core;
            words[Interrupts] = interrupts;
        }

        words[Depth]++;
    }

    public static unsafe void Exit(KernelLock* self)
    {
        uint* words = Align(self);
        if (--words[Depth] == 0)
        {
            uint interrupts = words[Interrupts];
            words[Owner] = 0;
            words[Taken] = 0;
            Machine.RestoreInterrupts(interrupts);
        }
    }

    private static unsafe uint* Align(KernelLock* self) => (uint*)(((uint)self + Alignment - 1) & ~(uint)(Alignment - 1));
}
