using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>
/// A register that a table names (ACPI 6.5, Generic Address Structure), or none. Only memory and I/O ports are known.
/// </summary>
/// <param name="Space">Where the register is.</param>
/// <param name="Address">Port number or physical address; 0 in <see cref="AcpiRegisterSpace.None"/>.</param>
public readonly record struct AcpiRegister(AcpiRegisterSpace Space, ulong Address)
{
    private const int GenericAddressLength = 12;

    /// <summary>Whether there is such a register.</summary>
    public bool Exists => Space != AcpiRegisterSpace.None;

    /// <summary>A register of the I/O space; none when the port is 0 or out of the 16-bit range.</summary>
    public static AcpiRegister AtPort(ulong port) =>
        port is 0 or > ushort.MaxValue ? default : new AcpiRegister(AcpiRegisterSpace.Port, port);

    /// <summary>Reads a generic address structure; none where the table ends before it.</summary>
    /// <param name="table">The whole table.</param>
    /// <param name="offset">Where the structure begins.</param>
    public static AcpiRegister Read(ReadOnlySpan<byte> table, int offset)
    {
        if (offset + GenericAddressLength > table.Length)
        {
            return default;
        }

        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(table.Slice(offset + 4));
        return table[offset] switch
        {
            0 when address != 0 => new AcpiRegister(AcpiRegisterSpace.Memory, address),
            1 => AtPort(address),
            _ => default,
        };
    }
}
