using System.Threading;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Apic;

/// <summary>
/// The interrupt controller inside each core (Intel SDM 3A, Advanced Programmable Interrupt Controller), in xAPIC mode,
/// with registers in memory, or in x2APIC mode, with registers in MSRs and ids of 32 bits.
/// </summary>
/// <remarks>Handlers may send interrupts too: see <see cref="InterruptCommand"/>.</remarks>
[AnyCore]
public static unsafe class LocalApic
{
    private const uint ApicBaseMsr = 0x1B;
    private const ulong ApicBaseX2Apic = 1 << 10;
    private const ulong ApicBaseEnabled = 1 << 11;
    private const ulong ApicBaseAddress = 0x000F_FFFF_FFFF_F000;

    /// <summary>MSR of the register at offset 0; each 16 bytes of offset are one MSR.</summary>
    private const uint FirstMsr = 0x800;
    private const nuint RegisterBytes = 4096;

    private const int IdRegister = 0x20;
    private const int TaskPriorityRegister = 0x80;
    private const int EndOfInterruptRegister = 0xB0;
    private const int SpuriousRegister = 0xF0;
    private const int CommandRegister = 0x300;
    private const int CommandDestinationRegister = 0x310;
    private const int TimerVectorRegister = 0x320;
    private const int ErrorVectorRegister = 0x370;

    private const uint SoftwareEnabled = 1 << 8;
    private const uint Masked = 1 << 16;

    // Intel SDM 3A, Interrupt Command Register (ICR).
    private const uint DeliverNmi = 4 << 8;
    private const uint DeliverInit = 5 << 8;
    private const uint DeliverStartUp = 6 << 8;
    private const uint Assert = 1 << 14;

    /// <summary>The highest id of an xAPIC; 255 is its broadcast.</summary>
    private const uint LargestXApicId = 254;

    private static byte* s_registers;
    private static bool s_x2Apic;
    private static bool s_ready;

    /// <summary>Whether the boot core's controller works. False on a machine without one.</summary>
    public static bool IsReady => s_ready;

    /// <summary>Whether the controllers are in x2APIC mode.</summary>
    public static bool IsX2Apic => s_x2Apic;

    /// <summary>The id of this core's controller, by which other cores address it.</summary>
    public static uint Id => s_x2Apic ? Read(IdRegister) : Read(IdRegister) >> 24;

    /// <summary>Ends the interrupt that is being handled, so that the next can be delivered.</summary>
    public static void EndOfInterrupt() => Write(EndOfInterruptRegister, 0);

    /// <summary>Sends an interrupt to one core.</summary>
    /// <param name="apicId">Whom to.</param>
    /// <param name="vector">Which interrupt, from 16.</param>
    /// <returns>False when the controller does not take the command, which a working one always does.</returns>
    public static bool SendFixed(uint apicId, byte vector) => SendVector(apicId, vector) == SendStatus.Sent;

    /// <summary>Whether a core with this id can be addressed.</summary>
    public static bool CanAddress(uint apicId) => s_x2Apic || apicId <= LargestXApicId;

    /// <summary>Chooses the mode on the boot core, maps the registers and enables the controller.</summary>
    /// <param name="largestApicId">The largest id of a processor of this machine.</param>
    internal static LocalApicStatus Initialize(uint largestApicId)
    {
        CpuIdResult features = Cpu.CpuId(1);
        if ((features.Edx & (1 << 9)) == 0)
        {
            return LocalApicStatus.Missing;
        }

        ulong apicBase = Cpu.ReadMsr(ApicBaseMsr);
        bool isTaken = Interrupts.IsLocalApicTaken();
        s_x2Apic = !isTaken && ChooseX2Apic((features.Ecx & (1 << 21)) != 0, apicBase, largestApicId);
        if (!s_x2Apic)
        {
            if (PhysicalMemory.MapDevice(apicBase & ApicBaseAddress, RegisterBytes, out s_registers) != DeviceMapping.Ok)
            {
                return LocalApicStatus.NotMapped;
            }
        }

        Interrupts.UseLocalApic(s_registers);
        if (!isTaken)
        {
            EnableThisCore();
        }

        s_ready = true;
        return LocalApicStatus.Ok;
    }

    /// <summary>
    /// Whether to use x2APIC mode: where the firmware has already entered it, which only a reset would undo, and where a
    /// processor can be reached by no other.
    /// </summary>
    internal static bool ChooseX2Apic(bool supported, ulong apicBase, uint largestApicId) =>
        (apicBase & ApicBaseX2Apic) != 0 || (supported && largestApicId > LargestXApicId);

    /// <summary>Brings this core's controller into the chosen mode and lets it deliver interrupts.</summary>
    internal static void EnableThisCore()
    {
        ulong apicBase = Cpu.ReadMsr(ApicBaseMsr);
        if ((apicBase & ApicBaseEnabled) == 0)
        {
            // Straight to x2APIC is not allowed (Intel SDM 3A, x2APIC State Transitions).
            apicBase |= ApicBaseEnabled;
            Cpu.WriteMsr(ApicBaseMsr, apicBase);
        }

        if (s_x2Apic && (apicBase & ApicBaseX2Apic) == 0)
        {
            Cpu.WriteMsr(ApicBaseMsr, apicBase | ApicBaseX2Apic);
        }

        Write(TaskPriorityRegister, 0);
        Write(TimerVectorRegister, Masked);
        Write(ErrorVectorRegister, Masked);
        Write(SpuriousRegister, SoftwareEnabled | Interrupts.SpuriousVector);
    }

    /// <summary>Keeps every interrupt but INIT, SIPI and NMI from this core.</summary>
    internal static void DisableThisCore() => Write(SpuriousRegister, Interrupts.SpuriousVector);

    /// <summary>As <see cref="SendFixed"/>, with the name of what went wrong.</summary>
    internal static SendStatus SendVector(uint apicId, byte vector) => Send(apicId, Assert | vector);

    /// <summary>Resets a processor; it then waits for a start-up interrupt.</summary>
    internal static bool SendInit(uint apicId) => Send(apicId, DeliverInit | Assert) == SendStatus.Sent && WaitUntilSent();

    /// <summary>Starts a processor that waits for it, in real mode at page <paramref name="page"/>.</summary>
    internal static bool SendStartUp(uint apicId, byte page) => Send(apicId, DeliverStartUp | Assert | page) == SendStatus.Sent && WaitUntilSent();

    /// <summary>Sends a non-maskable interrupt to a core.</summary>
    internal static bool SendNmi(uint apicId) => Send(apicId, DeliverNmi | Assert) == SendStatus.Sent && WaitUntilSent();

    /// <summary>Reads a register by its offset in memory, in either mode.</summary>
    internal static uint Read(int offset) => s_x2Apic
        ? (uint)Cpu.ReadMsr(FirstMsr + ((uint)offset >> 4))
        : Volatile.Read(ref *(uint*)(s_registers + offset));

    /// <summary>Writes a register by its offset in memory, in either mode.</summary>
    internal static void Write(int offset, uint value)
    {
        if (s_x2Apic)
        {
            Cpu.WriteMsr(FirstMsr + ((uint)offset >> 4), value);
        }
        else
        {
            Volatile.Write(ref *(uint*)(s_registers + offset), value);
        }
    }

    private static SendStatus Send(uint apicId, uint command)
    {
        if (!s_x2Apic)
        {
            return InterruptCommand.Send(default(CommandPort), apicId, command);
        }

        // One write, which does not wait for the one before. The seam orders it behind earlier stores: the receiver must
        // see them.
        Cpu.WriteMsr(FirstMsr + (CommandRegister >> 4), ((ulong)apicId << 32) | command);
        return SendStatus.Sent;
    }

    private static bool WaitUntilSent() =>
        s_x2Apic || InterruptCommand.WaitUntilSent(default(CommandPort)) == SendStatus.Sent;

    private readonly struct CommandPort : IInterruptCommandPort
    {
        public uint ReadCommand() => Read(CommandRegister);

        public void WriteDestination(uint value) => Write(CommandDestinationRegister, value);

        public void WriteCommand(uint value) => Write(CommandRegister, value);

        public bool AreInterruptsEnabled() => Cpu.AreInterruptsEnabled();

        public void DisableInterrupts() => Cpu.DisableInterrupts();

        public void EnableInterrupts() => Cpu.EnableInterrupts();
    }
}
