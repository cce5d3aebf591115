using System;
using System.Collections.Generic;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.Tests.Smp.Apic;

/// <summary>An xAPIC's command register, with interrupts of its own core that come between any two accesses to it.</summary>
internal sealed class FakeApic
{
    private const uint Pending = 1 << 12;
    private uint _destination;
    private bool _isHandling;

    /// <summary>What was sent: to whom, and what.</summary>
    public List<(uint ApicId, uint Command)> Sent { get; } = [];

    /// <summary>How many looks an interrupt stays pending; forever when negative.</summary>
    public int PendingLooks { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>How often the interrupt flag was changed.</summary>
    public int FlagChanges { get; private set; }

    public int Looks { get; private set; }

    /// <summary>Runs before every access at which interrupts are enabled, but not inside itself.</summary>
    public Action? Handler { get; set; }

    private int PendingFor { get; set; }

    public SendStatus Send(uint apicId, uint command) => InterruptCommand.Send(new Port(this), apicId, command);

    public SendStatus WaitUntilSent() => InterruptCommand.WaitUntilSent(new Port(this));

    private void Interrupt()
    {
        if (Enabled && !_isHandling && Handler is not null)
        {
            _isHandling = true;
            Enabled = false;
            Handler();
            Enabled = true;
            _isHandling = false;
        }
    }

    private readonly struct Port(FakeApic apic) : IInterruptCommandPort
    {
        public uint ReadCommand()
        {
            apic.Interrupt();
            apic.Looks++;
            bool pending = apic.PendingFor != 0;
            apic.PendingFor -= apic.PendingFor > 0 ? 1 : 0;
            return pending ? Pending : 0;
        }

        public void WriteDestination(uint value)
        {
            apic.Interrupt();
            apic._destination = value;
        }

        public void WriteCommand(uint value)
        {
            apic.Interrupt();
            if (apic.PendingFor == 0)
            {
                // What is written while one is pending is lost.
                apic.Sent.Add((apic._destination >> 24, value));
                apic.PendingFor = apic.PendingLooks;
            }
        }

        public bool AreInterruptsEnabled() => apic.Enabled;

        public void DisableInterrupts()
        {
            apic.Interrupt();
            apic.FlagChanges++;
            apic.Enabled = false;
        }

        public void EnableInterrupts()
        {
            apic.FlagChanges++;
            apic.Enabled = true;
            apic.Interrupt();
        }
    }
}
