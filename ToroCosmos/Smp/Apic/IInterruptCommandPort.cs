namespace ToroCosmos.Smp.Apic;

/// <summary>
/// The two halves of an xAPIC's interrupt command register (Intel SDM 3A, Interrupt Command Register (ICR)), and this
/// core's interrupt flag. Implemented by structures; a test puts a handler between the two writes.
/// </summary>
internal interface IInterruptCommandPort
{
    /// <summary>Reads the half that begins with the command; it has the delivery status.</summary>
    uint ReadCommand();

    /// <summary>Writes the half with the destination; it sends nothing.</summary>
    void WriteDestination(uint value);

    /// <summary>Writes the half with the command; it sends the interrupt to the destination written last.</summary>
    void WriteCommand(uint value);

    /// <summary>Whether this core takes maskable interrupts.</summary>
    bool AreInterruptsEnabled();

    /// <summary>Stops maskable interrupts from being delivered to this core.</summary>
    void DisableInterrupts();

    /// <summary>Lets maskable interrupts be delivered to this core.</summary>
    void EnableInterrupts();
}
