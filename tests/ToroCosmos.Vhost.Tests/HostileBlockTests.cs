using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Devices.Tests;
using ToroCosmos.Vhost.Tests.Vhost;
using Xunit;

namespace ToroCosmos.Vhost.Tests;

/// <summary>A booted kernel whose disk breaks a rule, outside the machine.</summary>
public sealed partial class HostileBlockTests : IDisposable
{
    private const string Broken = "blk: read sector 0: the device broke the rules of its queue";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_outside_the_machine_is_read_and_written(bool isPacked)
    {
        DiskImage disk = new(_folder, 1 << 17);
        byte[] contents = disk.Read();
        Assert.Equal(disk.Line, await RunAsync("honest", contents, isPacked, Verdict.Passed));
        Assert.Equal(disk.Written(), contents);
    }

    [SkippableTheory]
    [InlineData("an id out of range", true, Broken)]
    [InlineData("a length too large", false, Broken)]
    [InlineData("a status that there is not", false, Broken)]
    [InlineData("no bytes", true, Broken)]
    [InlineData("an error", true, "blk: read sector 0: the device tells of an error")]
    public async Task A_disk_that_breaks_a_rule_is_told_and_other_devices_go_on(string name, bool isPacked, string expected) =>
        Assert.Equal(expected, await RunAsync(name, File.ReadAllBytes(new DiskImage(_folder, 1 << 17).Path), isPacked, Verdict.Failed));

    /// <summary>Runs the sample, whose entropy device must work, and gives back what it says of the disk.</summary>
    private async Task<string> RunAsync(string name, byte[] contents, bool isPacked, Verdict verdict)
    {
        string socket = _folder.File("blk");
        HostileBlock block = new(name, contents);
        using VhostDevice device = new(socket, block.Configuration, block.Serve);
        VhostRun run = new("blk rng", $"vhost-user-blk-pci,num-queues=1{(isPacked ? ",packed=on" : "")}", "virtio-rng-pci");

        RunResult result = await run.StartAsync(socket);

        string told = $"{name}: {VhostRun.Describe(result, device)}";
        Assert.True(result.Verdict == verdict && result.Texts.Count == 2 && RandomLine().IsMatch(result.Texts[1]), told);
        Assert.True(device.Failure is null && device.Notifications > 0, told);
        return result.Texts[0];
    }

    [GeneratedRegex("^rng: [0-9a-f]{64}$")]
    private static partial Regex RandomLine();
}
