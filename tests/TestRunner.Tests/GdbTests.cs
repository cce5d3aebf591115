using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using TestRunner.Machines;
using Xunit;

namespace TestRunner.Tests;

/// <summary>What a user is told to type, and where the machine waits.</summary>
public sealed class GdbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("k.elf", BootImageKind.Kernel)]
    [InlineData("k.iso", BootImageKind.Iso)]
    public void Gdb_is_given_the_elf_that_is_booted_or_lies_beside_the_iso(string image, BootImageKind kind)
    {
        string elf = Write("k.elf");
        Write("k.elf.debug");
        var booted = new BootImage(_folder.File(image), kind);

        Assert.Equal($"gdb -ex 'target remote :1235' '{elf}'", GdbCommand.For(booted, 1235));
        Assert.Null(GdbCommand.FindMissing(booted));
    }

    [Fact]
    public void A_path_is_one_word_for_the_shell()
    {
        string elf = Write("it's a kernel.elf");

        Assert.EndsWith("/it'\\''s a kernel.elf'", GdbCommand.For(new BootImage(elf, BootImageKind.Kernel), 1234), StringComparison.Ordinal);
    }

    [Fact]
    public void What_gdb_would_want_and_is_not_there_is_named()
    {
        var iso = new BootImage(_folder.File("k.iso"), BootImageKind.Iso);
        string? withoutElf = GdbCommand.FindMissing(iso);
        string command = GdbCommand.For(iso, 1234);
        string elf = Write("k.elf");

        Assert.Equal(elf, withoutElf);
        Assert.Equal("gdb -ex 'target remote :1234'", command);
        Assert.Equal(elf + ".debug", GdbCommand.FindMissing(iso));
    }

    [Fact]
    public void A_port_that_is_given_must_be_free()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Contains($"{port}", Assert.Throws<FormatException>(() => GdbPort.Choose(port)).Message, StringComparison.Ordinal);
        taken.Stop();
        Assert.Equal(port, GdbPort.Choose(port));
    }

    [Fact]
    public void Without_a_port_the_usual_one_is_taken_or_any_other()
    {
        // Somebody may debug a machine on this computer.
        int first = GdbPort.Choose(null);
        using var taken = new TcpListener(IPAddress.Loopback, first);
        taken.Start();

        int second = GdbPort.Choose(null);

        Assert.NotEqual(first, second);
        Assert.InRange(second, 1, GdbPort.Maximum);
    }

    private string Write(string name)
    {
        File.WriteAllText(_folder.File(name), "");
        return _folder.File(name);
    }
}
