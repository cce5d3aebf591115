using System.Collections.Generic;
using ToroCosmos.Devices;
using ToroCosmos.Smp.Apic;
using Xunit;

namespace ToroCosmos.Tests.Smp.Apic;

/// <summary>Intel 82093AA data sheet.</summary>
public sealed class IoApicTests
{
    [Fact]
    public void An_input_is_masked_while_its_entry_is_written_and_leads_to_the_core_afterwards()
    {
        PlayedController controller = new(inputs: 24);
        IoApic apic = new(controller, firstInput: 24);

        Assert.False(apic.Has(23));
        Assert.True(apic.Has(24) && apic.Has(47));
        Assert.False(apic.Has(48) || apic.Has(uint.MaxValue));
        apic.Connect(27, 0xF0, 5, isActiveLow: true);

        Assert.Equal([(0x16u, 0x1_0000u), (0x17u, 0x0500_0000u), (0x16u, 0x20F0u)], controller.Written);
        apic.Connect(24, 0x40, 254, isActiveLow: false);
        Assert.Equal((0x10u, 0x40u), controller.Written[^1]);
    }

    private sealed class PlayedController(uint inputs) : RegisterBlock(IoApic.RegisterBytes)
    {
        private uint _selected;

        public List<(uint Index, uint Value)> Written { get; } = [];

        public override byte Read8(uint offset) => throw new System.NotSupportedException();

        public override ushort Read16(uint offset) => throw new System.NotSupportedException();

        public override uint Read32(uint offset) => offset == 0x10 && _selected == 1 ? ((inputs - 1) << 16) | 0x20 : 0;

        public override void Write8(uint offset, byte value) => throw new System.NotSupportedException();

        public override void Write16(uint offset, ushort value) => throw new System.NotSupportedException();

        public override void Write32(uint offset, uint value)
        {
            if (offset == 0)
            {
                _selected = value;
            }
            else
            {
                Written.Add((_selected, value));
            }
        }
    }
}
