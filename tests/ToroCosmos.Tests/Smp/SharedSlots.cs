using System;
using System.Runtime.InteropServices;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Tests.Smp;

/// <summary>Zeroed slots at the alignment that a kernel gives them.</summary>
internal sealed unsafe class SharedSlots : IDisposable
{
    public SharedSlots(params uint[] apicIds)
    {
        Count = apicIds.Length;
        Slots = (CoreSlot*)Zeroed((nuint)(Count + 1) * CoreSlot.Bytes);
        SlotOfCore = (CoreSlot**)Zeroed((nuint)(Count + 2) * (nuint)sizeof(nint));
        for (int i = 0; i < Count; i++)
        {
            Slots[i].ApicId = apicIds[i];
        }
    }

    public int Count { get; }

    public CoreSlot* Slots { get; }

    public CoreSlot** SlotOfCore { get; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Slots);
        NativeMemory.AlignedFree(SlotOfCore);
    }

    private static void* Zeroed(nuint bytes)
    {
        void* memory = NativeMemory.AlignedAlloc(bytes, CoreSlot.Alignment);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }
}
