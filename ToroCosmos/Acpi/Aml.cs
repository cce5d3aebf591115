using System;

namespace ToroCosmos.Acpi;

/// <summary>The encodings of ACPI's machine language that are read here (ACPI 6.5, AML Byte Stream Byte Values).</summary>
internal static class Aml
{
    public const byte ZeroOp = 0x00;
    public const byte OneOp = 0x01;
    public const byte NameOp = 0x08;
    public const byte BytePrefix = 0x0A;
    public const byte WordPrefix = 0x0B;
    public const byte DWordPrefix = 0x0C;
    public const byte StringPrefix = 0x0D;
    public const byte BufferOp = 0x11;
    public const byte PackageOp = 0x12;

    /// <summary>Takes what a length that stands before it says is its own (ACPI 6.5, Package Length Encoding).</summary>
    /// <param name="code">Begins at the length; afterwards empty or behind what was taken.</param>
    /// <param name="content">What stands between the length and its end.</param>
    /// <returns>False when the length is wrong.</returns>
    public static bool TryReadContent(scoped ref ReadOnlySpan<byte> code, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (code.Length == 0)
        {
            return false;
        }

        // Bits 7:6 of the first byte count the bytes that follow it; alone it holds 6 bits, with others 4.
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

        if (length > code.Length || length < following + 1)
        {
            return false;
        }

        content = code.Slice(1 + following, length - following - 1);
        code = code.Slice(length);
        return true;
    }

    /// <summary>Takes a constant of up to 32 bits.</summary>
    /// <param name="code">Begins at the constant; afterwards behind it.</param>
    /// <param name="value">The constant.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryReadConstant(scoped ref ReadOnlySpan<byte> code, out uint value)
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
