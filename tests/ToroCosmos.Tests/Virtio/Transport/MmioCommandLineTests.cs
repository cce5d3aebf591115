using System.Collections.Generic;
using System.Text;
using ToroCosmos.Acpi;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Tests.Virtio.Transport;

public sealed class MmioCommandLineTests
{
    [Theory]
    [InlineData("virtio_mmio.device=512@0xfeb00e00:12", 0xfeb00e00, 512, 12)]
    [InlineData("virtio_mmio.device=0x200@4276096512:0xc", 0xfee00e00, 512, 12)]
    [InlineData("virtio_mmio.device=4K@0x1:2:3", 1, 4096, 2)]
    [InlineData("virtio_mmio.device=1M@0x1:2", 1, 1 << 20, 2)]
    public void A_device_is_read_as_Linux_writes_it(string word, ulong address, uint bytes, uint interrupt)
    {
        Assert.Equal([new MmioNode(address, bytes, true, interrupt)], Find(word));
        Assert.Equal([new MmioNode(address, bytes, true, interrupt)], Find($"rng  {word} net"));
        Assert.Equal([new MmioNode(address, bytes, true, interrupt)], Find($"rng {word}\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("virtio_mmio.device=")]
    [InlineData("virtio_mmio.device=512")]
    [InlineData("virtio_mmio.device=512@")]
    [InlineData("virtio_mmio.device=512@0x:5")]
    [InlineData("virtio_mmio.device=512@0xfeb00000")]
    [InlineData("virtio_mmio.device=512@0xfeb00000:")]
    [InlineData("virtio_mmio.device=512@0xfeb00000:x")]
    [InlineData("virtio_mmio.device=512@0xfeb00000:5x")]
    [InlineData("virtio_mmio.device=0@0xfeb00000:5")]
    [InlineData("virtio_mmio.device=5000000K@0xfeb00000:5")]
    [InlineData("virtio_mmio.device=512@0x1feb00000feb00000:5")]
    [InlineData("virtio_mmio.device=512@99999999999999999999999:5")]
    [InlineData("virtio_mmio.device=512@0xfeb00000:4294967296")]
    [InlineData("xvirtio_mmio.device=512@0xfeb00000:5")]
    public void A_word_that_is_wrong_is_passed_over(string word)
    {
        Assert.Empty(Find(word));
        Assert.Single(Find($"{word} virtio_mmio.device=512@0xfeb00e00:12"));
    }

    [Fact]
    public void Devices_are_listed_up_to_a_limit() =>
        Assert.Equal(MmioNodes.Maximum, Find(string.Concat(System.Linq.Enumerable.Repeat("virtio_mmio.device=512@0x1:5 ", 1000))).Count);

    private static List<MmioNode> Find(string line)
    {
        List<MmioNode> nodes = [];
        MmioCommandLine.Find(Encoding.ASCII.GetBytes(line), nodes);
        return nodes;
    }
}
