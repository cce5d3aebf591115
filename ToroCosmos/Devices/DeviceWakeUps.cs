namespace ToroCosmos.Devices;

/// <summary>
/// How devices end the sleep of cores. Their interrupts mean nothing more than a wake-up: what has happened is in memory,
/// where the core that wakes looks for it, so there is no handler.
/// </summary>
public abstract class DeviceWakeUps
{
    /// <summary>The message that a device sends to end a core's sleep.</summary>
    /// <param name="core">The core.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when messages of devices do not reach that core.</returns>
    public abstract bool TryGetMessage(int core, out InterruptMessage message);

    /// <summary>
    /// Makes an input of the I/O interrupt controllers end a core's sleep, each time that it becomes active: a device that
    /// stays active, for nobody has acknowledged it, wakes nobody again.
    /// </summary>
    /// <param name="input">The input, counted over all controllers.</param>
    /// <param name="isActiveLow">Whether a low level is the active one, as for the pins of PCI.</param>
    /// <param name="core">The core.</param>
    /// <returns>False when there is no such input, or when it does not reach that core.</returns>
    public abstract bool TryConnect(uint input, bool isActiveLow, int core);
}
