using System;

namespace ToroCosmos.Plugs;

/// <summary>Instructions and code that only the plugs use; <see cref="MachinePlugs"/> has them.</summary>
public static unsafe class Machine
{
    /// <summary>Exchanges a word in memory, atomically.</summary>
    /// <returns>What was there.</returns>
    public static uint Exchange(uint* word, uint value) => throw new NotSupportedException();

    /// <summary>Keeps interrupts from this core.</summary>
    /// <returns>How it was before, for <see cref="RestoreInterrupts"/>.</returns>
    public static uint DisableInterrupts() => throw new NotSupportedException();

    public static void RestoreInterrupts(uint state) => throw new NotSupportedException();

    /// <summary>
    /// On the boot core, enables interrupts unless code keeps them away; in a handler of Cosmos, only the processor does.
    /// Does nothing on another core.
    /// </summary>
    public static void ResumeInterrupts() => throw new NotSupportedException();

    /// <summary>Stores the limit and the base of the table of segments: six bytes.</summary>
    public static void StoreGdtRegister(byte* register) => throw new NotSupportedException();

    /// <summary>Stores the limit and the base of the table of interrupts: six bytes.</summary>
    public static void StoreIdtRegister(byte* register) => throw new NotSupportedException();

    /// <summary>The code that is copied to the start-up page.</summary>
    public static byte* StartUpCode() => throw new NotSupportedException();

    public static uint StartUpCodeBytes() => throw new NotSupportedException();

    /// <summary>Where the wake vector leads.</summary>
    public static byte* WakeEntry() => throw new NotSupportedException();

    /// <summary>Where the spurious vector leads.</summary>
    public static byte* SpuriousEntry() => throw new NotSupportedException();

    /// <summary>Where the vectors with a handler lead, ten bytes each, from <see cref="Seam.Interrupts.FirstVector"/>.</summary>
    public static byte* VectorEntries() => throw new NotSupportedException();
}
