using System.Runtime.InteropServices;

namespace ToroCosmos.Plugs;

/// <summary>
/// The page below 1 MiB that processors start in: the code, and what assembly reads at fixed addresses. Cosmos and its
/// boot loaders leave it alone.
/// </summary>
/// <remarks>
/// The other cores share a table of segments: Cosmos' three descriptors, then the data segment again for each core. A
/// core's gs selector names its own copy, and thereby the core: one instruction tells which core runs. The boot core
/// keeps Cosmos' table, where gs names the data segment itself, as for core 0.
/// </remarks>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct StartUpPage
{
    public const uint Address = 0x8000;
    public const byte Vector = (byte)(Address >> 12);
    public const int CoreSegment = 2;

    [FieldOffset(0)]
    public byte Code;

    [FieldOffset(0xF00)]
    public ushort GdtLimit;

    [FieldOffset(0xF02)]
    public ulong* Gdt;

    /// <summary>Limit and base, as SIDT stores them.</summary>
    [FieldOffset(0xF08)]
    public byte IdtRegister;

    /// <summary>The state that the next processor takes; 0 when there is none.</summary>
    [FieldOffset(0xF10)]
    public CoreState* State;

    /// <summary>The local APIC's registers, null in x2APIC mode.</summary>
    [FieldOffset(0xF14)]
    public byte* LocalApic;

    /// <summary>The handler of each vector, or 0.</summary>
    [FieldOffset(0xF18)]
    public nint* Handlers;

    /// <summary>A <c>delegate*&lt;void&gt;</c>, where a core goes on whose code an exception has escaped.</summary>
    [FieldOffset(0xF1C)]
    public nint Escaped;

    public static StartUpPage* Get() => (StartUpPage*)Address;
}
