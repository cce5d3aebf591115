using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace ToroCosmos.Acpi;

/// <summary>
/// Finds devices with registers in memory by their hardware id, in a table's code, without interpreting it: a name
/// <c>_HID</c> with the id, and the <c>_CRS</c> that follows, with constants in a buffer, is what firmware that has such
/// devices writes.
/// </summary>
public static class MmioNodes
{
    /// <summary>The most devices that are listed.</summary>
    public const int Maximum = 256;

    // ACPI 6.5, Resource Data Types for ACPI.
    private const byte LargeResource = 0x80;
    private const byte SmallLengthMask = 7;
    private const byte FixedMemory32 = 0x86;
    private const int FixedMemory32Length = 9;
    private const byte ExtendedInterrupt = 0x89;
    private const int ExtendedInterruptLength = 6;

    /// <summary>Adds the devices of an id to a list.</summary>
    /// <param name="code">The table's bytes after its header.</param>
    /// <param name="hardwareId">The id, in ASCII.</param>
    /// <param name="nodes">The list.</param>
    public static void Find(ReadOnlySpan<byte> code, ReadOnlySpan<byte> hardwareId, List<MmioNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        uint hid = AcpiBytes.Signature("_HID"u8);
        for (int i = 0; i + 5 <= code.Length && nodes.Count < Maximum; i++)
        {
            if (code[i] == Aml.NameOp && IsName(code, i, hid) && IsText(code.Slice(i + 5), hardwareId)
                && TryReadResources(code.Slice(i + 5), hid, out MmioNode node))
            {
                nodes.Add(node);
            }
        }
    }

    private static bool IsName(ReadOnlySpan<byte> code, int place, uint name) =>
        AcpiBytes.Signature(code.Slice(place + 1)) == name;

    private static bool IsText(ReadOnlySpan<byte> code, ReadOnlySpan<byte> text)
    {
        if (code.Length < text.Length + 2 || code[0] != Aml.StringPrefix || code[text.Length + 1] != 0)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (code[i + 1] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the resources that come before the next device's id.</summary>
    private static bool TryReadResources(ReadOnlySpan<byte> code, uint nextId, out MmioNode node)
    {
        uint crs = AcpiBytes.Signature("_CRS"u8);
        for (int i = 0; i + 5 < code.Length; i++)
        {
            if (code[i] != Aml.NameOp)
            {
                continue;
            }

            if (IsName(code, i, nextId))
            {
                break;
            }

            if (IsName(code, i, crs) && code[i + 5] == Aml.BufferOp)
            {
                ReadOnlySpan<byte> rest = code.Slice(i + 6);
                node = default;
                return Aml.TryReadContent(ref rest, out ReadOnlySpan<byte> content)
                    && Aml.TryReadConstant(ref content, out _)
                    && TryReadTemplate(content, out node);
            }
        }

        node = default;
        return false;
    }

    private static bool TryReadTemplate(ReadOnlySpan<byte> resources, out MmioNode node)
    {
        node = default;
        while (resources.Length > 0)
        {
            byte tag = resources[0];
            bool isLarge = (tag & LargeResource) != 0;
            if (isLarge && resources.Length < 3)
            {
                break;
            }

            int header = isLarge ? 3 : 1;
            int length = isLarge ? BinaryPrimitives.ReadUInt16LittleEndian(resources.Slice(1)) : tag & SmallLengthMask;
            if (length > resources.Length - header)
            {
                break;
            }

            ReadOnlySpan<byte> content = resources.Slice(header, length);
            if (tag == FixedMemory32 && length >= FixedMemory32Length)
            {
                uint address = BinaryPrimitives.ReadUInt32LittleEndian(content.Slice(1));
                uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(content.Slice(5));
                node = new MmioNode(address, bytes, node.HasInterrupt, node.Interrupt);
            }
            else if (tag == ExtendedInterrupt && length >= ExtendedInterruptLength && content[1] > 0)
            {
                uint interrupt = BinaryPrimitives.ReadUInt32LittleEndian(content.Slice(2));
                node = new MmioNode(node.Address, node.Bytes, true, interrupt);
            }

            resources = resources.Slice(header + length);
        }

        return node.Bytes != 0;
    }
}
