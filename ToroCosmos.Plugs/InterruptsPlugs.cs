using System;
using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>Puts entries into Cosmos' table of interrupts, which all cores share.</summary>
[Plug(Target = typeof(Interrupts))]
public static unsafe class InterruptsPlugs
{
    private const uint Vectors = 256;
    private const uint Alignment = 128;
    private const int EntryBytes = 10;
    private const uint CodeSelector = 0x08;
    private const uint InterruptGate = 0x8E00;

    private static bool s_hasHandlers;

    /// <summary>See <see cref="Interrupts.SetHandler"/>; IL2CPU takes a function pointer for a number.</summary>
    public static void Set(byte vector, nint handler)
    {
        if (!TakeHandlers())
        {
            throw new InvalidOperationException("There is no memory for the table of handlers.");
        }

        StartUpPage.Get()->Handlers[vector] = handler;
        SetEntry(vector, Machine.VectorEntries() + ((vector - Interrupts.FirstVector) * EntryBytes));
    }

    /// <summary>See <see cref="Interrupts.UseLocalApic"/>.</summary>
    public static void UseLocalApic(byte* registers)
    {
        StartUpPage.Get()->LocalApic = registers;
        SetEntry(Interrupts.WakeVector, Machine.WakeEntry());
        SetEntry(Interrupts.SpuriousVector, Machine.SpuriousEntry());
    }

    // The start-up page is not zeroed, so that a null pointer in it would say nothing.
    private static bool TakeHandlers()
    {
        if (!s_hasHandlers)
        {
            var handlers = (nint*)PhysicalMemory.Allocate(Vectors * (uint)sizeof(nint), Alignment);
            StartUpPage.Get()->Handlers = handlers;
            s_hasHandlers = handlers != null;
        }

        return s_hasHandlers;
    }

    private static void SetEntry(byte vector, byte* code)
    {
        StartUpPage* page = StartUpPage.Get();
        Machine.StoreIdtRegister(&page->IdtRegister);
        uint* entry = *(uint**)(&page->IdtRegister + sizeof(ushort)) + (vector * 2);
        uint address = (uint)code;
        uint interrupts = Machine.DisableInterrupts();
        entry[0] = (CodeSelector << 16) | (address & 0xFFFF);
        entry[1] = (address & 0xFFFF0000) | InterruptGate;
        Machine.RestoreInterrupts(interrupts);
    }
}
