using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>
/// The registers and the table that turning the machine off needs (ACPI 6.5, Fixed ACPI Description Table). A field
/// that the table is too short for does not exist.
/// </summary>
public readonly record struct Fadt
{
    private const int ShortestLength = 116;
    private const uint HardwareReducedFlag = 1 << 20;

    /// <summary>Physical address of the DSDT.</summary>
    public ulong DsdtAddress { get; private init; }

    /// <summary>Whether the machine has the sleep registers instead of the PM1 blocks.</summary>
    public bool IsHardwareReduced { get; private init; }

    /// <summary>The first half of the PM1 control register.</summary>
    public AcpiRegister Pm1aControl { get; private init; }

    /// <summary>The second half of the PM1 control register; seldom exists.</summary>
    public AcpiRegister Pm1bControl { get; private init; }

    /// <summary>The sleep control register of hardware-reduced ACPI.</summary>
    public AcpiRegister SleepControl { get; private init; }

    /// <summary>The port that takes <see cref="EnableCommand"/>; none when ACPI mode is always on.</summary>
    public AcpiRegister SmiCommand { get; private init; }

    /// <summary>The command that gives the PM1 registers to the system; 0 when there is none.</summary>
    public byte EnableCommand { get; private init; }

    /// <summary>Reads a table whose header was verified.</summary>
    /// <param name="table">The whole table with its header.</param>
    /// <param name="fadt">The fields, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public static AcpiStatus Parse(ReadOnlySpan<byte> table, out Fadt fadt)
    {
        fadt = default;
        if (table.Length < ShortestLength)
        {
            return AcpiStatus.BadLength;
        }

        ulong wideDsdt = table.Length >= 148 ? BinaryPrimitives.ReadUInt64LittleEndian(table.Slice(140)) : 0;
        fadt = new Fadt
        {
            DsdtAddress = wideDsdt != 0 ? wideDsdt : UInt32(table, 40),
            IsHardwareReduced = (UInt32(table, 112) & HardwareReducedFlag) != 0,
            Pm1aControl = Control(table, 172, 64),
            Pm1bControl = Control(table, 184, 68),
            SleepControl = AcpiRegister.Read(table, 244),
            SmiCommand = AcpiRegister.AtPort(UInt32(table, 48)),
            EnableCommand = table[52],
        };
        return AcpiStatus.Ok;
    }

    private static AcpiRegister Control(ReadOnlySpan<byte> table, int wideOffset, int portOffset)
    {
        AcpiRegister wide = AcpiRegister.Read(table, wideOffset);
        return wide.Exists ? wide : AcpiRegister.AtPort(UInt32(table, portOffset));
    }

    private static uint UInt32(ReadOnlySpan<byte> table, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(offset));
}
