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

            bool named = code[i - 1] == Aml.NameOp || (i >= 2 && code[i - 1] == RootCharacter && code[i - 2] == Aml.NameOp);
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
        if (code.Length < 3 || code[0] != Aml.PackageOp)
        {
            return false;
        }

        code = code.Slice(1);
        if (!Aml.TryReadContent(ref code, out ReadOnlySpan<byte> content) || content.Length == 0)
        {
            return false;
        }

        int elements = content[0];
        content = content.Slice(1);
        if (elements < 2
            || !Aml.TryReadConstant(ref content, out uint typeA)
            || !Aml.TryReadConstant(ref content, out uint typeB)
            || typeA > LargestType
            || typeB > LargestType)
        {
            return false;
        }

        package = new SleepPackage((byte)typeA, (byte)typeB);
        return true;
    }
}
