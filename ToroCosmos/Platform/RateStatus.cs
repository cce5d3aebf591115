namespace ToroCosmos.Platform;

/// <summary>How a rate is known. <see cref="RateStatusText.Of"/> says it in words.</summary>
public enum RateStatus
{
    /// <summary>It was not asked for yet.</summary>
    Unknown,

    /// <summary>The hypervisor told it.</summary>
    Told,

    /// <summary>It was measured, and two samples agree.</summary>
    Measured,

    /// <summary>It was measured, but every sample was disturbed in its own way; the best one may be far too high.</summary>
    Unsteady,

    /// <summary>The timer does not count, or so slowly that nothing can be measured by it.</summary>
    TimerStandsStill,

    /// <summary>The clock that the timer is compared with does not count.</summary>
    ClockStandsStill,
}
