using System;

namespace ToroCosmos.Acpi;

/// <summary>
/// The two sleep types of <c>_S5_</c>, the state "soft off" (ACPI 6.5, System \_Sx states). The package is found by its
/// encoding, without interpreting the code around it: <c>Name(_S5_, Package(){a, b, ...})</c> with constants is the only
/// form that firmware uses.
/// </summary>
/// <param name="TypeA">What to write into the PM1a, or the sleep, control register: 0 to 7.</param>
/// <param name="TypeB">What to write into the PM1b control register: 0 to 7.</param>
public readonly record struct SleepPackage(byte TypeA, byte TypeB)
{
    // ACPI 6.5, ACPI Machine Language (AML) Specification: the encodings.
    private const byte ZeroOp = 0x00;
    private const byte OneOp = 0x01;
    private const byte NameOp = 0x08;
    private const byte BytePrefix = 0x0A;
    private const byte WordPrefix = 0x0B;
    private const byte DWordPrefix = 0x0C;
    private const byte PackageOp = 0x12;
    private const byte RootCharacter = (byte)'\\';
    private const uint LargestType = 7;

    /// <summary>Finds the package in the code of a table.</summary>
    /// <param name="code">The table's bytes after its header.</param>
    /// <param name="package">The types, when there is a sound package.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryFind(ReadOnlySpan<byte> code, out SleepPackage package)
    {
        uint name = AcpiBytes.Signature("_S5_"u8);
        for (int i = 1; i + 4 <= code.Length; i++)
        {
            if (code[i] != (byte)'_' || AcpiBytes.Signature(code.Slice(i)) != name)
            {
                continue;
            }

            bool named = code[i - 1] == NameOp || (i >= 2 && code[i - 1] == RootCharacter && code[i - 2] == NameOp);
            if (named && TryReadPackage(code.Slice(i + 4), out package))
            {
                return true;
            }
        }

        package = default;
        return false;
    }

    private static bool TryReadPackage(ReadOnlySpan<byte> code, out SleepPackage package)
    {
        package = default;
        if (code.Length < 3 || code[0] != PackageOp)
        {
            return false;
        }

        // Bits 7:6 of the first byte count the bytes that follow it; alone it holds 6 bits, with others 4.
        code = code.Slice(1);
        int following = code[0] >> 6;
        int length = following == 0 ? code[0] & 0x3F : code[0] & 0x0F;
        if (code.Length < 1 + following)
        {
            return false;
        }

        for (int i = 0; i < following; i++)
        {
            length |= code[1 + i] << (4 + (8 * i));
        }

        if (length > code.Length || length < following + 2)
        {
            return false;
        }

        int elements = code[1 + following];
        code = code.Slice(2 + following, length - following - 2);
        if (elements < 2
            || !TryReadConstant(ref code, out uint typeA)
            || !TryReadConstant(ref code, out uint typeB)
            || typeA > LargestType
            || typeB > LargestType)
        {
            return false;
        }

        package = new SleepPackage((byte)typeA, (byte)typeB);
        return true;
    }

    private static bool TryReadConstant(ref ReadOnlySpan<byte> code, out uint value)
    {
        value = 0;
        if (code.Length == 0)
        {
            return false;
        }

        int bytes;
        switch (code[0])
        {
            case ZeroOp:
            case OneOp:
                value = code[0];
                bytes = 0;
                break;
            case BytePrefix:
                bytes = 1;
                break;
            case WordPrefix:
                bytes = 2;
                break;
            case DWordPrefix:
                bytes = 4;
                break;
            default:
                return false;
        }

        if (code.Length < 1 + bytes)
        {
            return false;
        }

        for (int i = 0; i < bytes; i++)
        {
            value |= (uint)code[1 + i] << (8 * i);
        }

        code = code.Slice(1 + bytes);
        return true;
    }
}
