using System;
using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Devices.Tests;
using ToroCosmos.Vhost.Tests.Vhost;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Vhost.Tests;

/// <summary>
/// A booted kernel whose entropy device breaks a rule, outside the machine. The kernel says so, does not hang, and goes on
/// with its disk.
/// </summary>
public sealed class HostileEntropyTests : IDisposable
{
    private const string Broken = "rng: read: the device broke the rules of its queue";
    private const string TimedOut = "rng: read: the time ran out";

    private static readonly string s_random = "rng: " + string.Concat(Enumerable.Repeat($"{HostileEntropy.Random:x2}", 32));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("honest", false)]
    [InlineData("honest", true)]
    [InlineData("interrupts without work", false)]
    [InlineData("descriptors rewritten", false)]
    [InlineData("descriptors rewritten", true)]
    public Task What_a_device_may_do_and_what_must_not_matter_does_not(string device, bool isPacked) =>
        CheckAsync(device, isPacked, s_random, Verdict.Passed);

    [SkippableTheory]
    [InlineData("an id out of range", false)]
    [InlineData("an id out of range", true)]
    [InlineData("an id that was never given", false)]
    [InlineData("an id that was never given", true)]
    [InlineData("a chain used twice", false)]
    [InlineData("a chain used twice", true)]
    [InlineData("a length too large", false)]
    [InlineData("a length too large", true)]
    [InlineData("the largest length", false)]
    [InlineData("no bytes at all", false)]
    [InlineData("an index that jumps", false)]
    [InlineData("an index that goes back", false)]
    public Task A_device_that_breaks_a_rule_is_told_and_other_devices_go_on(string device, bool isPacked) =>
        CheckAsync(device, isPacked, Broken, Verdict.Failed);

    [SkippableTheory]
    [InlineData("silence", false)]
    [InlineData("interrupts and silence", true)]
    public Task A_device_that_does_not_answer_is_given_up_when_the_time_is_over(string device, bool isPacked) =>
        CheckAsync(device, isPacked, TimedOut, Verdict.Failed);

    private async Task CheckAsync(string name, bool isPacked, string expected, Verdict verdict)
    {
        DiskImage disk = new(_folder, 1 << 16);
        string socket = _folder.File("rng");
        using VhostDevice device = new(socket, [], HostileEntropy.Named(name));
        VhostRun run = new("rng blk", $"vhost-user-rng-pci{(isPacked ? ",packed=on" : "")}", "virtio-blk-pci,drive=disk")
        {
            Backends = [new DeviceBackend(DeviceBackendKind.Drive, $"if=none,id=disk,format=raw,file={disk.Path}")],
        };

        RunResult result = await run.StartAsync(socket);

        string told = $"{name}: {VhostRun.Describe(result, device)}";
        Assert.True(result.Verdict == verdict && result.Texts.SequenceEqual([expected, disk.Line]), told);
        Assert.True(device.Failure is null && device.Notifications > 0, told);
        Assert.Equal(isPacked, (device.Features & VirtioFeatures.RingPacked) != 0);
        Assert.Equal(disk.Written(), disk.Read());
    }
}
