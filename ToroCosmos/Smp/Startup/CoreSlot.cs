using System.Runtime.InteropServices;

namespace ToroCosmos.Smp.Startup;

/// <summary>
/// What the boot core and one other processor tell each other: its start, then its work. Each side writes only its own
/// half, and the halves share no cache line, nor a pair of lines that a processor fetches together; so no atomic
/// read-modify-write is needed. What starts and runs cores accesses the fields through
/// <see cref="System.Threading.Volatile"/> alone, those that it writes itself too, so that a test can put its memory behind
/// them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct CoreSlot
{
    public const int Bytes = 256;
    public const int Alignment = 128;

    public const uint Undecided = 0;
    public const uint Accepted = 1;
    public const uint Refused = 2;

    /// <summary>The processor that this slot is for. Written before any other processor runs.</summary>
    [FieldOffset(0)]
    public uint ApicId;

    /// <summary>Boot core: whether the processor may go on; never changes after it was decided.</summary>
    [FieldOffset(4)]
    public uint Decision;

    /// <summary>Boot core: how many functions were posted so far, modulo 2^32.</summary>
    [FieldOffset(8)]
    public uint Posted;

    /// <summary>Boot core: 1 while it sleeps until <see cref="Finished"/> changes.</summary>
    [FieldOffset(12)]
    public uint BootAsleep;

    /// <summary>Boot core: the posted function, a <c>delegate*&lt;int, void&gt;</c>; valid once posted.</summary>
    [FieldOffset(16)]
    public nint Function;

    /// <summary>The processor: the core number it rose with; 0 before.</summary>
    [FieldOffset(128)]
    public uint Answer;

    /// <summary>The processor: how many functions it has finished, modulo 2^32.</summary>
    [FieldOffset(132)]
    public uint Finished;

    /// <summary>The processor: 1 while it sleeps until <see cref="Decision"/> or <see cref="Posted"/> changes.</summary>
    [FieldOffset(136)]
    public uint Asleep;
}
