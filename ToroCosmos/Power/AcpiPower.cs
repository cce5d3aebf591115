using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Power;

/// <summary>
/// Turns the machine off through ACPI. <see cref="Prepare"/> finds and maps everything at boot, so that
/// <see cref="TryOff"/> works in a panic: it allocates nothing, takes no lock and reads no table.
/// </summary>
public static unsafe class AcpiPower
{
    // ACPI 6.5, PM1 Control Grouping.
    private const ushort SciEnabled = 1 << 0;
    private const int Pm1TypeShift = 10;
    private const ushort Pm1TypeMask = 7 << Pm1TypeShift;
    private const ushort Pm1SleepEnable = 1 << 13;

    // ACPI 6.5, Sleep Control and Status Registers.
    private const int ReducedTypeShift = 2;
    private const byte ReducedSleepEnable = 1 << 5;

    private static PowerOffPlan s_plan;
    private static byte* s_pm1a;
    private static byte* s_pm1b;
    private static byte* s_sleepControl;
    private static bool s_prepared;

    /// <summary>Whether <see cref="Prepare"/> has succeeded.</summary>
    public static bool IsPrepared => s_prepared;

    /// <summary>How long the machine gets to obey: half a second.</summary>
    private static ulong PatienceTicks => Clock.TicksPerSecond >> 1;

    /// <summary>Finds out how this machine is turned off. Allocates; to be called once, on the boot core.</summary>
    /// <param name="tables">The machine's tables.</param>
    /// <returns><see cref="AcpiStatus.Ok"/>, or why <see cref="TryOff"/> will not work.</returns>
    public static AcpiStatus Prepare(AcpiTables tables)
    {
        AcpiStatus status = PowerOffPlan.Read(tables, out s_plan);
        if (status != AcpiStatus.Ok)
        {
            return status;
        }

        Fadt registers = s_plan.Registers;
        bool mapped = registers.IsHardwareReduced
            ? TryMap(registers.SleepControl, out s_sleepControl)
            : TryMap(registers.Pm1aControl, out s_pm1a) && TryMap(registers.Pm1bControl, out s_pm1b);
        if (!mapped)
        {
            return AcpiStatus.NoPowerRegister;
        }

        s_prepared = true;
        return AcpiStatus.Ok;
    }

    /// <summary>
    /// Turns the machine off. Works on any core and with interrupts disabled; does not return when it succeeds.
    /// </summary>
    /// <returns>False when it is not prepared, or when the machine is still running after a bounded wait.</returns>
    [AnyCore]
    public static bool TryOff()
    {
        if (!s_prepared)
        {
            return false;
        }

        Fadt registers = s_plan.Registers;
        if (registers.IsHardwareReduced)
        {
            Write8(registers.SleepControl, s_sleepControl, (byte)((s_plan.Types.TypeA << ReducedTypeShift) | ReducedSleepEnable));
        }
        else
        {
            EnterAcpiMode(registers);
            WriteSleepType(registers.Pm1aControl, s_pm1a, s_plan.Types.TypeA);
            WriteSleepType(registers.Pm1bControl, s_pm1b, s_plan.Types.TypeB);
        }

        ulong begin = Clock.Now;
        while (Clock.Now - begin < PatienceTicks)
        {
            Cpu.Pause();
        }

        return false;
    }

    /// <summary>
    /// Until the firmware hands the PM1 registers over, it may ignore what is written there (ACPI 6.5, Legacy/ACPI
    /// Select and the SCI Interrupt).
    /// </summary>
    private static void EnterAcpiMode(Fadt registers)
    {
        if (!registers.SmiCommand.Exists
            || registers.EnableCommand == 0
            || (Read16(registers.Pm1aControl, s_pm1a) & SciEnabled) != 0)
        {
            return;
        }

        Port.Write8((ushort)registers.SmiCommand.Address, registers.EnableCommand);
        ulong begin = Clock.Now;
        while ((Read16(registers.Pm1aControl, s_pm1a) & SciEnabled) == 0 && Clock.Now - begin < PatienceTicks)
        {
            Cpu.Pause();
        }
    }

    private static void WriteSleepType(AcpiRegister register, byte* mapped, byte type)
    {
        if (!register.Exists)
        {
            return;
        }

        int kept = Read16(register, mapped) & ~(Pm1TypeMask | Pm1SleepEnable);
        int typed = kept | (type << Pm1TypeShift);
        Write16(register, mapped, (ushort)typed);
        Write16(register, mapped, (ushort)(typed | Pm1SleepEnable));
    }

    private static bool TryMap(AcpiRegister register, out byte* mapped)
    {
        mapped = null;
        return register.Space != AcpiRegisterSpace.Memory
            || PhysicalMemory.MapDevice(register.Address, 2, out mapped) == DeviceMapping.Ok;
    }

    private static ushort Read16(AcpiRegister register, byte* mapped) => register.Space == AcpiRegisterSpace.Port
        ? Port.Read16((ushort)register.Address)
        : Volatile.Read(ref *(ushort*)mapped);

    private static void Write16(AcpiRegister register, byte* mapped, ushort value)
    {
        if (register.Space == AcpiRegisterSpace.Port)
        {
            Port.Write16((ushort)register.Address, value);
        }
        else
        {
            Volatile.Write(ref *(ushort*)mapped, value);
        }
    }

    private static void Write8(AcpiRegister register, byte* mapped, byte value)
    {
        if (register.Space == AcpiRegisterSpace.Port)
        {
            Port.Write8((ushort)register.Address, value);
        }
        else
        {
            Volatile.Write(ref *mapped, value);
        }
    }
}
