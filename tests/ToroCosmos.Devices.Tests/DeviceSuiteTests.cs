using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using TestRunner.KernelTests;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Devices.Tests;

/// <summary>The drivers' tests inside a kernel (tests/kernels/ToroCosmos.DeviceSuites), on several kinds of device.</summary>
public sealed class DeviceSuiteTests(ITestOutputHelper output) : IDisposable
{
    private const int DiskBytes = 4 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MachineType.Pc, false, "", 4)]
    [InlineData(MachineType.Q35, true, "", 2)]
    [InlineData(MachineType.Microvm, false, "", 2)]
    [InlineData(MachineType.Microvm, true, "", 1)]
    public Task Every_test_of_the_drivers_passes_on(MachineType type, bool isPacked, string properties, int cores) =>
        RunAsync(type, isPacked, properties, cores);

    /// <summary>No messages: by the pin, through the I/O APIC; and one vector, which all queues but the first lack.</summary>
    [Theory]
    [InlineData("vectors=0")]
    [InlineData("vectors=1")]
    public Task Every_test_of_the_drivers_passes_without_messages_for_each_queue(string properties) =>
        RunAsync(MachineType.Pc, isPacked: false, properties, cores: 2);

    private async Task RunAsync(MachineType type, bool isPacked, string properties, int cores)
    {
        string more = properties.Length > 0 ? "," + properties : "";
        string tiny = _folder.File("tiny.img");
        await File.WriteAllBytesAsync(tiny, [1]);
        string rules = _folder.File("rules");
        await File.WriteAllTextAsync(rules, """
            [inject-error]
            event = "read_aio"
            errno = "5"
            sector = "8"

            [inject-error]
            event = "pwritev"
            errno = "5"
            sector = "16"
            """);
        MachineSpec machine = new DeviceMachine(type) { IsPacked = isPacked }
            .WithBackend(DeviceBackendKind.Named, "rng-random,id=slow,filename=/dev/urandom")
            .With("rng", properties)
            .With("rng", "rng=slow,max-bytes=16,period=2000" + more)
            .WithDisk("data", $"format=raw,file={Disk("data")}", "serial=data,num-queues=3" + more)
            .WithDisk("readonly", $"format=raw,readonly=on,file={Disk("readonly")}", "serial=readonly,queue-size=4" + more)
            .WithDisk("faulty", $"format=raw,file=blkdebug:{rules}:{Disk("faulty")}", "serial=faulty,rerror=report,werror=report" + more)
            .WithDisk("large", $"driver=null-co,size={16L << 40},read-zeroes=on", "serial=large,queue-size=1024" + more)
            .WithDisk("tiny", $"format=raw,file={tiny}", "serial=tiny" + more)
            .WithDisk("blocks", $"format=raw,file={Disk("blocks")}", "serial=blocks,logical_block_size=4096,physical_block_size=8192" + more)
            .WithNetwork("mac=52:54:00:ab:cd:ef,host_mtu=1400" + more)
            .Spec(Artifacts.Suites, cores: cores);

        RunResult run = await DeviceMachine.RunAsync(machine);

        foreach (string line in run.Texts)
        {
            output.WriteLine(line);
        }

        KernelTestReport report = KernelTestParser.Parse(run.Texts, run.Cause);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Results
            .Where(result => result.Outcome != KernelTestOutcome.Passed && (cores > 1 || result.Outcome != KernelTestOutcome.Skipped))
            .Select(result => $"{result.Id}: {result.Outcome}: {result.Message}"));
        Assert.Equal(Announced, report.Results.Select(result => result.Id));
        Assert.True(run.Verdict == Verdict.Passed, DeviceMachine.Describe(run));
    }

    private static string[] Announced =>
    [
        .. Assembly.Load("ToroCosmos.DeviceSuites").GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key == "KernelTest").Select(metadata => metadata.Value!),
    ];

    private string Disk(string name)
    {
        string path = _folder.File(name + ".img");
        using FileStream file = File.Create(path);
        file.SetLength(DiskBytes);
        return path;
    }
}
