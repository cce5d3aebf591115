using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Apic;

/// <summary>
/// Sends interrupts through the two halves of an xAPIC's command register. They are written with interrupts disabled: a
/// handler that sends an interrupt too, between the two, would direct the outer one to its own destination.
/// </summary>
internal static class InterruptCommand
{
    /// <summary>Looks at the delivery status before a sender gives up; an interrupt takes a few at most.</summary>
    public const int Patience = 100_000;

    private const uint SendPending = 1 << 12;
    private const int DestinationShift = 24;

    /// <summary>Sends an interrupt when the one before has left.</summary>
    /// <param name="port">This core's register.</param>
    /// <param name="apicId">Whom to, below 256.</param>
    /// <param name="command">What; the delivery status is not set.</param>
    /// <returns><see cref="SendStatus.Sent"/> or <see cref="SendStatus.NotTaken"/>.</returns>
    public static SendStatus Send<TPort>(TPort port, uint apicId, uint command)
        where TPort : struct, IInterruptCommandPort
    {
        for (int i = 0; i < Patience; i++)
        {
            // A handler may have sent one since the last look, so this one and the writes belong together.
            bool enabled = port.AreInterruptsEnabled();
            port.DisableInterrupts();
            bool ready = (port.ReadCommand() & SendPending) == 0;
            if (ready)
            {
                port.WriteDestination(apicId << DestinationShift);
                port.WriteCommand(command);
            }

            if (enabled)
            {
                port.EnableInterrupts();
            }

            if (ready)
            {
                return SendStatus.Sent;
            }

            Cpu.Pause();
        }

        return SendStatus.NotTaken;
    }

    /// <summary>Waits until the last interrupt has left.</summary>
    /// <returns><see cref="SendStatus.Sent"/> or <see cref="SendStatus.NotTaken"/>.</returns>
    public static SendStatus WaitUntilSent<TPort>(TPort port)
        where TPort : struct, IInterruptCommandPort
    {
        for (int i = 0; i < Patience; i++)
        {
            if ((port.ReadCommand() & SendPending) == 0)
            {
                return SendStatus.Sent;
            }

            Cpu.Pause();
        }

        return SendStatus.NotTaken;
    }
}
