using System;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Virtio.Tests.Transport;

/// <summary>Sleep during which the played device works.</summary>
internal sealed class PlayedSleep : CoreSleep
{
    /// <summary>What happens meanwhile.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>How often the core slept.</summary>
    public int Sleeps { get; private set; }

    public override bool HasTimer => true;

    public override void Begin()
    {
    }

    public override void Sleep(ulong deadline)
    {
        Sleeps++;
        Meanwhile?.Invoke();
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core)
    {
    }
}
