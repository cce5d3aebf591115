using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Tests.Smp.Waiting;

/// <summary>A source whose news a test makes; it counts what is asked of it.</summary>
internal sealed class FakeSource(int core = 0) : WaitSource(core)
{
    public bool IsReady { get; set; }

    public bool IsIdle { get; set; }

    public int Looks { get; private set; }

    public int Flushes { get; private set; }

    public int Announcements { get; private set; }

    public bool IsAnnounced { get; private set; }

    public override bool CanHaveNews => !IsIdle;

    public override bool HasNews()
    {
        Looks++;
        return IsReady;
    }

    public override void Flush() => Flushes++;

    public override void RequestWakeUp()
    {
        Announcements++;
        IsAnnounced = true;
    }

    public override void SuppressWakeUps() => IsAnnounced = false;
}
