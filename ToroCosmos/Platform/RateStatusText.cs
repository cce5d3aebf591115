namespace ToroCosmos.Platform;

/// <summary>Words for <see cref="RateStatus"/>; not every toolchain can print the name of an enum's value.</summary>
public static class RateStatusText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(RateStatus status) => status switch
    {
        RateStatus.Unknown => "not measured",
        RateStatus.Told => "told by the hypervisor",
        RateStatus.Measured => "measured",
        RateStatus.Unsteady => "measured, but no two samples agree",
        RateStatus.TimerStandsStill => "the timer does not count",
        RateStatus.ClockStandsStill => "the clock does not count",
        _ => "unknown rate status",
    };
}
