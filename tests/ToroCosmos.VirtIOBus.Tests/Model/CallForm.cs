namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>In which form a call is made that may have to wait.</summary>
internal enum CallForm
{
    /// <summary>Only where the call is certain not to wait; else it is tried.</summary>
    Blocking,
    Try,

    /// <summary>With a limit that is over when the call has begun to wait.</summary>
    Timed,
}
