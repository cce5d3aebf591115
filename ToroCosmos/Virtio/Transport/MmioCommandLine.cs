using System;
using System.Collections.Generic;
using ToroCosmos.Acpi;

namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// Devices that the kernel's command line tells of, as it does where there is no ACPI:
/// <c>virtio_mmio.device=512@0xfeb00000:5</c>, the bytes of its registers, their address and its interrupt, decimal or
/// hexadecimal, the bytes in K or M where they end so. A word that is wrong is passed over.
/// </summary>
public static class MmioCommandLine
{
    /// <summary>Adds the devices of a command line to a list.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="nodes">The list.</param>
    public static void Find(ReadOnlySpan<byte> line, List<MmioNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ReadOnlySpan<byte> name = "virtio_mmio.device="u8;
        int start = 0;
        while (start < line.Length)
        {
            int end = start;
            while (end < line.Length && line[end] > (byte)' ')
            {
                end++;
            }

            ReadOnlySpan<byte> word = line.Slice(start, end - start);
            if (StartsWith(word, name) && TryRead(word.Slice(name.Length), out MmioNode node) && nodes.Count < MmioNodes.Maximum)
            {
                nodes.Add(node);
            }

            start = end + 1;
        }
    }

    private static bool StartsWith(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name)
    {
        if (word.Length < name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (word[i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out MmioNode node)
    {
        node = default;
        if (!TryReadNumber(ref text, out ulong bytes))
        {
            return false;
        }

        if (text.Length > 0 && (text[0] == (byte)'K' || text[0] == (byte)'M'))
        {
            bytes <<= text[0] == (byte)'K' ? 10 : 20;
            text = text.Slice(1);
        }

        if (bytes == 0 || bytes > uint.MaxValue || !TrySkip(ref text, (byte)'@') || !TryReadNumber(ref text, out ulong address)
            || !TrySkip(ref text, (byte)':') || !TryReadNumber(ref text, out ulong interrupt) || interrupt > uint.MaxValue
            || (text.Length > 0 && text[0] != (byte)':'))
        {
            return false;
        }

        node = new MmioNode(address, (uint)bytes, true, (uint)interrupt);
        return true;
    }

    private static bool TrySkip(scoped ref ReadOnlySpan<byte> text, byte character)
    {
        if (text.Length == 0 || text[0] != character)
        {
            return false;
        }

        text = text.Slice(1);
        return true;
    }

    private static bool TryReadNumber(scoped ref ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        bool isHexadecimal = text.Length > 2 && text[0] == (byte)'0' && (text[1] == (byte)'x' || text[1] == (byte)'X');
        text = isHexadecimal ? text.Slice(2) : text;
        ulong scale = isHexadecimal ? 16u : 10u;
        ulong largest = isHexadecimal ? ulong.MaxValue >> 4 : ulong.MaxValue >> 5;
        int digits = 0;
        while (text.Length > digits && TryReadDigit(text[digits], isHexadecimal, out uint digit))
        {
            if (number > largest)
            {
                return false;
            }

            number = (number * scale) + digit;
            digits++;
        }

        text = text.Slice(digits);
        return digits > 0;
    }

    private static bool TryReadDigit(byte character, bool isHexadecimal, out uint digit)
    {
        byte lower = (byte)(character | 0x20);
        if (character >= (byte)'0' && character <= (byte)'9')
        {
            digit = (uint)(character - '0');
            return true;
        }

        digit = (uint)(lower - 'a') + 10;
        return isHexadecimal && lower >= (byte)'a' && lower <= (byte)'f';
    }
}
