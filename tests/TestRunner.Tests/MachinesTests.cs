using System;
using System.IO;
using TestRunner.Machines;
using Xunit;

namespace TestRunner.Tests;

public sealed class MachinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sockets=2,cores=3,threads=1", 2, 3, 1)]
    [InlineData("threads=2", 1, 1, 2)]
    public void A_topology_is_read(string text, int sockets, int cores, int threads) =>
        Assert.Equal(new Topology(sockets, cores, threads), Topology.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("sockets=0")]
    [InlineData("sockets=-1")]
    [InlineData("dies=2")]
    [InlineData("sockets=2,,cores=3")]
    public void Anything_else_is_no_topology(string text) =>
        Assert.Throws<FormatException>(() => Topology.Parse(text));

    [Theory]
    [InlineData(AcceleratorChoice.Auto, true, 8, Accelerator.Kvm)]
    [InlineData(AcceleratorChoice.Auto, false, 2, Accelerator.TcgMulti)]
    [InlineData(AcceleratorChoice.Auto, false, 3, Accelerator.TcgSingle)]
    [InlineData(AcceleratorChoice.Tcg, true, 3, Accelerator.TcgMulti)]
    [InlineData(AcceleratorChoice.TcgSingle, true, 1, Accelerator.TcgSingle)]
    [InlineData(AcceleratorChoice.TcgCounted, true, 3, Accelerator.TcgCounted)]
    [InlineData(AcceleratorChoice.Kvm, true, 3, Accelerator.Kvm)]
    public void An_accelerator_is_chosen_on_two_host_cores(AcceleratorChoice choice, bool kvm, int cores, Accelerator expected) =>
        Assert.Equal(expected, new AcceleratorChooser(2, () => new KvmAnswer(kvm, "", false)).Choose(choice, cores).Accelerator);

    [Fact]
    public void Kvm_by_name_that_does_not_work_is_refused_with_the_reason()
    {
        var chooser = new AcceleratorChooser(2, () => new KvmAnswer(false, "it hangs", false));

        MachineException refusal = Assert.Throws<MachineException>(() => chooser.Choose(AcceleratorChoice.Kvm, 3));
        Assert.Contains("it hangs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tcg_by_name_asks_nobody() =>
        Assert.NotNull(new AcceleratorChooser(2, () => throw new InvalidOperationException()).Choose(AcceleratorChoice.Tcg, 3));

    [Fact]
    public void The_answer_about_kvm_is_remembered_for_its_key()
    {
        var memory = new KvmProbeMemory(_folder.File("cache"));
        Assert.Null(memory.Recall("a"));

        memory.Remember("a", new KvmAnswer(true, "it ran", ProbedNow: true));

        Assert.Equal(new KvmAnswer(true, "it ran", ProbedNow: false), memory.Recall("a"));
        Assert.Null(memory.Recall("b"));
    }

    [Fact]
    public void A_broken_memory_is_an_empty_one()
    {
        var memory = new KvmProbeMemory(_folder.File(""));
        File.WriteAllText(memory.FilePath, "{ nonsense");

        Assert.Null(memory.Recall("a"));
    }

    [Fact]
    public void The_probe_image_starts_at_the_reset_vector_and_jumps_into_itself()
    {
        byte[] image = KvmProbeImage.Create();

        Assert.Equal(0x10000, image.Length);
        Assert.Equal(0xE9, image[0xFFF0]);
        int target = 0xFFF3 + BitConverter.ToInt16(image, 0xFFF1);
        Assert.Equal(0xFA, image[target]);
    }

    [Fact]
    public void Firmware_is_taken_where_all_its_files_are()
    {
        UefiFiles[] places = [new("/a/code", "/a/vars"), new("/b/code", "/b/vars"), new("/c", null)];

        Assert.Equal(places[1], UefiFirmware.Find(places, path => path != "/a/vars"));
        Assert.Equal(places[2], UefiFirmware.Find(places, path => path == "/c"));
        Assert.Null(UefiFirmware.Find(places, _ => false));
    }

    [Fact]
    public void An_iso_boots_by_uefi_when_its_catalogue_names_that_platform()
    {
        byte[] sectors = new byte[21 * 2048];
        "\u0001CD001"u8.CopyTo(sectors.AsSpan(16 * 2048));
        "\0CD001"u8.CopyTo(sectors.AsSpan(17 * 2048));
        sectors[(17 * 2048) + 0x47] = 20;
        Span<byte> catalogue = sectors.AsSpan(20 * 2048);
        catalogue[0] = 1;
        catalogue[32] = 0x88;
        string bios = _folder.File("bios.iso");
        File.WriteAllBytes(bios, sectors);
        catalogue[64] = 0x91;
        catalogue[65] = 0xEF;
        string both = _folder.File("both.iso");
        File.WriteAllBytes(both, sectors);

        Assert.False(BootImage.Open(bios).BootsByUefi());
        Assert.True(BootImage.Open(both).BootsByUefi());
        File.WriteAllBytes(both, sectors[..(17 * 2048)]);
        Assert.False(BootImage.Open(both).BootsByUefi());
    }

    [Fact]
    public void Images_are_told_apart_by_content()
    {
        string elf = _folder.File("a");
        File.WriteAllBytes(elf, [0x7F, (byte)'E', (byte)'L', (byte)'F', 2]);
        string iso = _folder.File("b");
        byte[] sectors = new byte[17 * 2048];
        "\u0001CD001"u8.CopyTo(sectors.AsSpan(16 * 2048));
        File.WriteAllBytes(iso, sectors);
        string linux = _folder.File("d");
        byte[] header = new byte[1024];
        "HdrS"u8.CopyTo(header.AsSpan(0x202));
        File.WriteAllBytes(linux, header);
        string text = _folder.File("c.iso");
        File.WriteAllText(text, "hello");

        Assert.Equal(BootImageKind.Kernel, BootImage.Open(elf).Kind);
        Assert.Equal(BootImageKind.Kernel, BootImage.Open(linux).Kind);
        Assert.Equal(BootImageKind.Iso, BootImage.Open(iso).Kind);
        Assert.Throws<InvalidDataException>(() => BootImage.Open(text));
        Assert.Throws<FileNotFoundException>(() => BootImage.Open(_folder.File("none")));
    }
}
