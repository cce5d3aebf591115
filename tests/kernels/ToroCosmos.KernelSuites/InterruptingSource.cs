using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// A source without news. Asked for the nth time since it was set up, it interrupts its own core: a wait asks whether there
/// is news, has it announce the sleep, asks again for the last time and halts.
/// </summary>
/// <param name="core">The core.</param>
/// <param name="vector">The interrupt.</param>
internal sealed class InterruptingSource(int core, byte vector) : WaitSource(core)
{
    private int _asks;
    private int _at;

    /// <summary>How often it was asked.</summary>
    public int Asks => _asks;

    /// <summary>Sets it up.</summary>
    /// <param name="at">Which time, from 1.</param>
    public void InterruptAt(int at)
    {
        _asks = 0;
        _at = at;
    }

    public override bool HasNews()
    {
        Ask();
        return false;
    }

    public override void RequestWakeUp() => Ask();

    public override void SuppressWakeUps()
    {
    }

    private void Ask()
    {
        if (++_asks == _at)
        {
            Cores.SendInterrupt(Core, vector);
        }
    }
}
