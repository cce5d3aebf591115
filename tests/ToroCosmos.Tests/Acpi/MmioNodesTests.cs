using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Acpi;
using Xunit;

namespace ToroCosmos.Tests.Acpi;

/// <summary>Devices with registers in memory, in code as QEMU's microvm has it.</summary>
public sealed class MmioNodesTests
{
    private static readonly byte[] s_memory = [0x86, 9, 0, 1, .. TableBuilder.U32(0xFEB0_2E00), .. TableBuilder.U32(0x200)];
    private static readonly byte[] s_interrupt = [0x89, 6, 0, 3, 1, .. TableBuilder.U32(47)];
    private static readonly byte[] s_end = [0x79, 0];

    [Fact]
    public void Each_device_of_the_id_is_found_with_its_registers_and_its_interrupt()
    {
        byte[] code =
        [
            .. Node("ACPI0013", [.. s_interrupt, .. s_end]),
            .. Node("LNRO0005", [.. s_memory, .. s_interrupt, .. s_end]),
            .. Node("LNRO0005", [.. s_interrupt, 0x47, 1, 0, 0, 0, 0, 1, 8, .. s_memory, .. s_end]),
            .. Node("LNRO0005", [.. s_memory, .. s_end]),
        ];

        MmioNode whole = new(0xFEB0_2E00, 0x200, true, 47);
        Assert.Equal([whole, whole, new MmioNode(0xFEB0_2E00, 0x200, false, 0)], Find(code));
    }

    [Fact]
    public void A_device_without_resources_does_not_take_those_of_the_next()
    {
        byte[] without = [0x08, .. "_HID"u8, 0x0D, .. "LNRO0005"u8, 0];

        Assert.Empty(Find(without));
        Assert.Empty(Find([.. without, .. Node("PNP0A03", [.. s_memory, .. s_end])]));
        Assert.Single(Find([.. without, .. Node("LNRO0005", [.. s_memory, .. s_end])]));
    }

    [Fact]
    public void Code_that_is_cut_off_anywhere_is_read_up_to_there()
    {
        byte[] code = Node("LNRO0005", [.. s_memory, .. s_interrupt, .. s_end]);
        for (int length = 0; length < code.Length; length++)
        {
            using GuardedBytes bytes = new(code.AsSpan(0, length));
            List<MmioNode> nodes = [];
            MmioNodes.Find(bytes.Span, "LNRO0005"u8, nodes);
            Assert.Empty(nodes);
        }
    }

    [Fact]
    public void Whatever_the_bytes_reading_them_ends()
    {
        Random random = new(5);
        byte[] code = [.. Enumerable.Repeat(Node("LNRO0005", [.. s_memory, .. s_interrupt, .. s_end]), 20).SelectMany(bytes => bytes)];
        for (int round = 0; round < 2000; round++)
        {
            byte[] changed = [.. code];
            for (int i = 0; i < 10; i++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            using GuardedBytes bytes = new(changed);
            List<MmioNode> nodes = [];
            MmioNodes.Find(bytes.Span, "LNRO0005"u8, nodes);
            Assert.InRange(nodes.Count, 0, 20);
            Assert.DoesNotContain(nodes, node => node.Bytes == 0);
        }
    }

    [Fact]
    public void Controllers_of_interrupts_are_listed_up_to_a_broken_entry()
    {
        byte[] first = [1, 12, 0, 0, .. TableBuilder.U32(0xFEC0_0000), .. TableBuilder.U32(0)];
        byte[] second = [1, 12, 1, 0, .. TableBuilder.U32(0xFEC1_0000), .. TableBuilder.U32(24)];

        Assert.Equal(
            [new IoApicEntry(0xFEC0_0000, 0), new IoApicEntry(0xFEC1_0000, 24)],
            IoApicList.Parse(TableBuilder.MadtOf(first, TableBuilder.LocalApic(0), second)));
        Assert.Single(IoApicList.Parse(TableBuilder.MadtOf(first, [1, 0], second)));
        Assert.Single(IoApicList.Parse(TableBuilder.MadtOf(first, [1, 200, 0])));
        Assert.Single(IoApicList.Parse(TableBuilder.MadtOf([1, 8, 0, 0, 0, 0, 0, 0], second)));
        Assert.Empty(IoApicList.Parse(new byte[44]));
        Assert.Equal(IoApicList.Maximum, IoApicList.Parse(TableBuilder.MadtOf([.. Enumerable.Repeat(first, 100)])).Length);
    }

    private static List<MmioNode> Find(byte[] code)
    {
        List<MmioNode> nodes = [];
        MmioNodes.Find(code, "LNRO0005"u8, nodes);
        return nodes;
    }

    /// <summary>Device(VR00) { Name(_HID, id) Name(_UID, 0) Name(_CRS, Buffer { resources }) }.</summary>
    private static byte[] Node(string id, byte[] resources)
    {
        byte[] buffer = [0x0A, (byte)resources.Length, .. resources];
        return
        [
            0x5B, 0x82, 0x40, 0x05, .. "VR00"u8, 0x08, .. "_HID"u8, 0x0D, .. id.Select(character => (byte)character), 0, 0x08, .. "_UID"u8, 0,
            0x08, .. "_CRS"u8, 0x11, (byte)(buffer.Length + 1), .. buffer,
        ];
    }
}
