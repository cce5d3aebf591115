using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>
/// The processor's reports of broken hardware: switched on, and printed by the panic that they end in (Intel SDM 3B,
/// Machine-Check Architecture). CR4.MCE is set before C# runs (processor.asm).
/// </summary>
internal static class MachineChecks
{
    public const ulong Vector = 18;

    private const uint FeatureMachineCheckException = 1 << 7;
    private const uint FeatureMachineCheckArchitecture = 1 << 14;

    private const uint CapabilityMsr = 0x179;
    private const uint ControlMsr = 0x17B;
    private const ulong HasControl = 1 << 8;

    private const uint FirstBankMsr = 0x400;
    private const uint MsrsPerBank = 4;
    private const uint StatusOffset = 1;
    private const uint AddressOffset = 2;
    private const ulong StatusValid = 1UL << 63;
    private const ulong StatusHasAddress = 1UL << 58;

    /// <summary>
    /// Lets this core report every error, and drops those of before (Intel SDM 3B, Machine-Check Initialization). Bank 0
    /// of old processors of family 6 belongs to the firmware.
    /// </summary>
    public static void EnableOnThisCore()
    {
        if (!IsThere())
        {
            return;
        }

        ulong capability = Cpu.ReadMsr(CapabilityMsr);
        if ((capability & HasControl) != 0)
        {
            Cpu.WriteMsr(ControlMsr, ulong.MaxValue);
        }

        uint banks = (uint)capability & 0xFF;
        for (uint bank = IsFirstBankOfFirmware() ? 1u : 0; bank < banks; bank++)
        {
            Cpu.WriteMsr(Register(bank, 0), ulong.MaxValue);
        }

        for (uint bank = 0; bank < banks; bank++)
        {
            Cpu.WriteMsr(Register(bank, StatusOffset), 0);
        }
    }

    /// <summary>Prints what the banks of this core tell, as a part of a panic.</summary>
    public static void Print()
    {
        uint banks = IsThere() ? (uint)Cpu.ReadMsr(CapabilityMsr) & 0xFF : 0;
        for (uint bank = 0; bank < banks; bank++)
        {
            ulong status = Cpu.ReadMsr(Register(bank, StatusOffset));
            if ((status & StatusValid) == 0)
            {
                continue;
            }

            PanicWriter.Text("  bank "u8);
            PanicWriter.Decimal(bank);
            PanicWriter.Text(" status "u8);
            PanicWriter.Hex(status);
            if ((status & StatusHasAddress) != 0)
            {
                PanicWriter.Text(" address "u8);
                PanicWriter.Hex(Cpu.ReadMsr(Register(bank, AddressOffset)));
            }

            PanicWriter.Text("\n"u8);
        }
    }

    private static bool IsThere()
    {
        const uint Both = FeatureMachineCheckException | FeatureMachineCheckArchitecture;
        return (Cpu.CpuId(1).Edx & Both) == Both;
    }

    /// <summary>Family 6 with a model below 1AH (Intel SDM 2A, CPUID leaf 01H, Version Information).</summary>
    private static bool IsFirstBankOfFirmware()
    {
        uint version = Cpu.CpuId(1).Eax;
        uint family = (version >> 8) & 0xF;
        uint model = ((version >> 4) & 0xF) | ((version >> 12) & 0xF0);
        return family == 6 && model < 0x1A;
    }

    private static uint Register(uint bank, uint offset) => FirstBankMsr + (bank * MsrsPerBank) + offset;
}
