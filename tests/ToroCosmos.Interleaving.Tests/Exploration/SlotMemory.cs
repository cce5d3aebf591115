using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// The slots of a machine's processors, all of it shared but the APIC ids, and words beside them: those that processors
/// share, then what each keeps for its next step.
/// </summary>
internal sealed unsafe class SlotMemory : ExploredMemory
{
    private const int LineBytes = CoreSlot.Alignment;
    private const int Words = LineBytes / sizeof(uint);

    private static readonly string[] s_names = [.. typeof(CoreSlot).GetFields().Where(field => !field.IsLiteral).Select(field => field.Name)];

    private readonly int _count;

    /// <param name="apicIds">The processors of the slots.</param>
    /// <param name="cores">How many processors run, the boot core included.</param>
    public SlotMemory(uint[] apicIds, int cores)
        : base((apicIds.Length * CoreSlot.Bytes) + ((2 + cores) * LineBytes))
    {
        _count = apicIds.Length;
        for (int i = 0; i < _count; i++)
        {
            Slots[i].ApicId = apicIds[i];
        }
    }

    public CoreSlot* Slots => (CoreSlot*)Start;

    /// <summary>Words that processors share; 32 of them.</summary>
    public uint* Shared => (uint*)(Slots + _count);

    /// <summary>The boot core's table of slots by core.</summary>
    public CoreSlot** SlotOfCore => (CoreSlot**)(Shared + Words);

    /// <summary>Where a processor keeps what its next step needs; 32 words.</summary>
    public uint* NotesOf(int processor) => Shared + ((2 + processor) * Words);

    /// <inheritdoc/>
    public override string NameOf(int offset)
    {
        int slot = offset / CoreSlot.Bytes;
        int field = offset % CoreSlot.Bytes;
        return slot < _count
            ? $"slot {slot} {Array.Find(s_names, name => OffsetOf(name) == field)}"
            : $"shared word {(offset - (_count * CoreSlot.Bytes)) / sizeof(uint)}";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Range> SharedRanges()
    {
        for (int slot = 0; slot < _count; slot++)
        {
            yield return ((slot * CoreSlot.Bytes) + sizeof(uint))..((slot + 1) * CoreSlot.Bytes);
        }

        yield return (_count * CoreSlot.Bytes)..((_count * CoreSlot.Bytes) + LineBytes);
    }

    private static int OffsetOf(string field) => (int)System.Runtime.InteropServices.Marshal.OffsetOf<CoreSlot>(field);
}
