using System.Linq;
using ToroCosmos.Pci;
using ToroCosmos.Virtio.Fakes;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Pci;

/// <summary>Finding functions, on sound machines and on others.</summary>
public sealed class PciBusTests
{
    private const byte Bridge = 1;
    private const byte SeveralFunctions = 0x80;

    private readonly FakeConfiguration _machine = new();

    [Fact]
    public void A_machine_without_PCI_has_no_function() => Assert.Empty(PciBus.Enumerate(_machine));

    [Fact]
    public void Functions_are_found_behind_bridges_and_each_bridge_comes_before()
    {
        Add(0, 0, 0);
        Add(0, 1, 0, Bridge, behind: 7);
        Add(7, 31, 0, Bridge, behind: 9);
        Add(9, 2, 0);
        Add(0, 3, 0);

        Assert.Equal(["00:00.0", "00:01.0", "00:03.0", "07:1f.0", "09:02.0"], Names());
    }

    [Fact]
    public void Further_functions_are_looked_for_where_the_first_says_so()
    {
        Add(0, 4, 0, SeveralFunctions);
        Add(0, 4, 7);
        Add(0, 4, 3);
        Add(0, 5, 0);
        Add(0, 5, 1);
        Add(0, 6, 1);

        Assert.Equal(["00:04.0", "00:04.3", "00:04.7", "00:05.0"], Names());
    }

    [Fact]
    public void Bridges_that_lead_to_themselves_to_each_other_and_nowhere_are_followed_once()
    {
        Add(0, 1, 0, Bridge, behind: 0);
        Add(0, 2, 0, Bridge, behind: 5);
        Add(0, 3, 0, Bridge, behind: 5);
        Add(5, 0, 0, Bridge, behind: 5);
        Add(5, 1, 0, Bridge, behind: 255);
        Add(255, 0, 0, Bridge, behind: 5);

        Assert.Equal(["00:01.0", "00:02.0", "00:03.0", "05:00.0", "05:01.0", "ff:00.0"], Names());
    }

    [Fact]
    public void A_bus_full_of_bridges_ends()
    {
        for (int bus = 0; bus < 256; bus++)
        {
            for (byte device = 0; device < 32; device++)
            {
                Add((byte)bus, device, 0, Bridge, behind: (byte)(bus + device + 1));
            }
        }

        Assert.Equal(256 * 32, PciBus.Enumerate(_machine).Count);
    }

    [Fact]
    public void Capabilities_of_a_kind_follow_one_another()
    {
        PciFunction function = WithCapabilities(0x34, (0x50, 9, 0x60), (0x60, 5, 0x70), (0x70, 9, 0));

        Assert.Equal(0x50, function.FindCapability(9));
        Assert.Equal([0x50, 0x70], function.FindCapabilities(9));
        Assert.Equal([0x60], function.FindCapabilities(5));
        Assert.Equal(0, function.FindCapability(0x11));
    }

    [Theory]
    [InlineData(0x50)]
    [InlineData(0x60)]
    public void A_list_in_a_circle_ends_and_tells_each_capability_once(byte back)
    {
        PciFunction function = WithCapabilities(0x34, (0x50, 9, 0x60), (0x60, 5, back));

        Assert.Equal(0, function.FindCapability(0x11));
        Assert.Equal([0x60], function.FindCapabilities(5));
    }

    [Fact]
    public void A_list_that_leaves_its_place_ends()
    {
        PciFunction function = WithCapabilities(0x34, (0x50, 9, 0x08));

        Assert.Equal(0x50, function.FindCapability(9));
        Assert.Equal(0, function.FindCapability(0));
    }

    private string[] Names() => [.. PciBus.Enumerate(_machine).Select(function => function.Address.Text)];

    private void Add(byte bus, byte device, byte function, byte header = 0, byte behind = 0) =>
        _machine.Add(new PciAddress(0, bus, device, function), 0x8086, 1, header)[0x19] = behind;

    private PciFunction WithCapabilities(int pointer, params (int Place, byte Id, byte Next)[] capabilities)
    {
        var address = new PciAddress(0, 0, 1, 0);
        byte[] bytes = _machine.Add(address, 0x8086, 1);
        bytes[6] = 0x10;
        bytes[pointer] = (byte)capabilities[0].Place;
        foreach ((int place, byte id, byte next) in capabilities)
        {
            bytes[place] = id;
            bytes[place + 1] = next;
        }

        return new PciFunction(_machine, address);
    }
}
