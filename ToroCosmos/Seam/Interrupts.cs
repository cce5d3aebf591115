using System;

namespace ToroCosmos.Seam;

/// <summary>The interrupt vectors that software may use. Part of the hardware seam.</summary>
public static unsafe partial class Interrupts
{
    /// <summary>The first vector that is neither an exception nor one of the masked 8259 controllers.</summary>
    public const byte FirstVector = 0x30;

    /// <summary>
    /// The vector that only ends a halt: its entry acknowledges the local APIC and returns, with no handler and no
    /// saved state.
    /// </summary>
    public const byte WakeVector = 0xF0;

    /// <summary>The local APIC's spurious vector; it is not acknowledged (Intel SDM 3A, Spurious Interrupt).</summary>
    public const byte SpuriousVector = 0xFF;

    /// <summary>
    /// Sets the handler of a vector on every core. It runs with interrupts disabled, must not allocate and must not
    /// throw; vector registers are saved around it. It acknowledges the local APIC itself. Where NativeAOT compiled the
    /// kernel it may enable interrupts; four handlers may nest on a core, and a fifth is a panic.
    /// </summary>
    /// <param name="vector">From <see cref="FirstVector"/>; not <see cref="WakeVector"/> or <see cref="SpuriousVector"/>.</param>
    /// <param name="handler">Called with the vector's number; without one the interrupt is only acknowledged.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another vector.</exception>
    public static void SetHandler(byte vector, delegate*<byte, void> handler)
    {
        if (vector < FirstVector || vector == WakeVector || vector == SpuriousVector)
        {
            throw new ArgumentOutOfRangeException(nameof(vector), (int)vector, "Software may not use this vector.");
        }

        Set(vector, handler);
    }

    /// <summary>
    /// Tells the entries that acknowledge the local APIC how to do it. Called on the boot core before any interrupt can
    /// arrive and before another core runs.
    /// </summary>
    /// <param name="registers">Where the xAPIC's registers are mapped; null in x2APIC mode, where they are MSRs.</param>
    public static partial void UseLocalApic(byte* registers);

    /// <summary>
    /// Whether the boot core's local APIC is in use already, with a timer that runs: a scheduler's of the kernel that the
    /// toolchain brings. Its mode and settings are then left as they are. For the boot core, on a processor with a local APIC.
    /// </summary>
    public static partial bool IsLocalApicTaken();

    private static partial void Set(byte vector, delegate*<byte, void> handler);
}
