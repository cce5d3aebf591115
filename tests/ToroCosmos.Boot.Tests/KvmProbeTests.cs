using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using Xunit;

namespace ToroCosmos.Boot.Tests;

public class KvmProbeTests
{
    /// <summary>A probe that no machine can pass would turn KVM down everywhere.</summary>
    [Fact]
    public async Task The_probe_guest_succeeds_where_sse_works()
    {
        using var folder = new TemporaryFolder();
        string image = folder.File("probe.bin");
        await File.WriteAllBytesAsync(image, KvmProbeImage.Create());
        string qemu = ProgramFinder.Find(QemuCommand.Program)!;

        using Process process = Process.Start(qemu, KvmProbe.Arguments("tcg", image));
        using var limit = new CancellationTokenSource(10_000);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal(KvmProbeImage.SuccessStatus, process.ExitCode);
    }
}
