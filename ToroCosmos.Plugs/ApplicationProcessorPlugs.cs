using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>Prepares cores to be started.</summary>
[Plug(Target = typeof(ApplicationProcessor))]
public static unsafe class ApplicationProcessorPlugs
{
    private const uint StackBytes = 256 * 1024;
    private const uint StackAlignment = 4096;
    private const int Segments = 2048;
    private const uint SegmentBytes = 8;
    private const uint SegmentAlignment = 128;

    private static bool s_installed;

    /// <summary>See <see cref="ApplicationProcessor.Prepare"/>; IL2CPU takes a function pointer for a number.</summary>
    public static byte Prepare(int core, nint entry)
    {
        if (core >= Segments - StartUpPage.CoreSegment || (!s_installed && !Install()))
        {
            return 0;
        }

        // The stack grows down towards the state, which is not needed any more by then.
        byte* stack = PhysicalMemory.Allocate(StackBytes, StackAlignment);
        if (stack == null)
        {
            return 0;
        }

        var state = (CoreState*)stack;
        state->StackTop = stack + StackBytes;
        state->Core = core;
        state->Entry = entry;
        Cpu.FullFence();
        StartUpPage.Get()->State = state;
        return StartUpPage.Vector;
    }

    private static bool Install()
    {
        var segments = (ulong*)PhysicalMemory.Allocate(Segments * SegmentBytes, SegmentAlignment);
        if (segments == null)
        {
            return false;
        }

        StartUpPage* page = StartUpPage.Get();
        byte* code = Machine.StartUpCode();
        uint bytes = Machine.StartUpCodeBytes();
        for (uint i = 0; i < bytes; i++)
        {
            (&page->Code)[i] = code[i];
        }

        Machine.StoreIdtRegister(&page->IdtRegister);
        Machine.StoreGdtRegister((byte*)&page->GdtLimit);
        ulong* cosmos = page->Gdt;
        for (int i = 0; i < Segments; i++)
        {
            segments[i] = cosmos[i < StartUpPage.CoreSegment ? i : StartUpPage.CoreSegment];
        }

        page->Escaped = (nint)(delegate*<void>)&KernelPanic.ExceptionEscaped;
        page->Gdt = segments;
        page->GdtLimit = (ushort)((Segments * SegmentBytes) - 1);
        s_installed = true;
        return true;
    }
}
