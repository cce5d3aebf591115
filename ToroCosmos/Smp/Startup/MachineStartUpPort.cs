using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.Smp.Startup;

/// <summary>The machine's processors.</summary>
/// <param name="entry">What each core runs first.</param>
internal sealed unsafe class MachineStartUpPort(delegate*<int, void> entry) : StartUpPort
{
    private readonly delegate*<int, void> _entry = entry;

    public override bool CanAddress(uint apicId) => LocalApic.CanAddress(apicId);

    public override bool SendInit(uint apicId) => LocalApic.SendInit(apicId);

    public override bool SendStartUp(uint apicId, byte page) => LocalApic.SendStartUp(apicId, page);

    public override byte Prepare(int core) => ApplicationProcessor.Prepare(core, _entry);
}
