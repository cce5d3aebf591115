using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class QmpMonitorTests
{
    [Theory]
    [InlineData("""{"event":"SHUTDOWN","data":{"guest":true,"reason":"guest-shutdown"}}""", ShutdownCause.PowerOff)]
    [InlineData("""{"event":"SHUTDOWN","data":{"guest":true,"reason":"guest-reset"}}""", ShutdownCause.Reset)]
    [InlineData("""{"event":"SHUTDOWN","data":{"guest":false,"reason":"host-signal"}}""", ShutdownCause.Unknown)]
    [InlineData("""{"event":"RESUME"}""", null)]
    [InlineData("""{"return":{}}""", null)]
    [InlineData("[]", null)]
    [InlineData("half a mess", null)]
    public void The_cause_is_read_from_messages(string message, ShutdownCause? cause) =>
        Assert.Equal(cause, QmpMonitor.CauseIn(message));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_machine_is_followed_to_its_end_and_started_unless_gdb_does_that(bool starts)
    {
        using var folder = new TemporaryFolder();
        using var monitor = new QmpMonitor(folder.File("qmp"));
        Task<ShutdownCause> cause = monitor.RunAsync(starts, CancellationToken.None);

        using (var qemu = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await qemu.ConnectAsync(new UnixDomainSocketEndPoint(folder.File("qmp")));
            using var stream = new NetworkStream(qemu);
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream) { AutoFlush = true };
            await writer.WriteLineAsync("""{"QMP":{}}""");
            Assert.Equal("""{"execute":"qmp_capabilities"}""", await reader.ReadLineAsync());
            if (starts)
            {
                Assert.Equal("""{"execute":"cont"}""", await reader.ReadLineAsync());
            }

            await writer.WriteLineAsync("""{"event":"SHUTDOWN","data":{"guest":true,"reason":"guest-reset"}}""");
            qemu.Shutdown(SocketShutdown.Send);
            Assert.Null(await reader.ReadLineAsync());
        }

        Assert.Equal(ShutdownCause.Reset, await cause);
    }

    [Fact]
    public async Task An_emulator_that_never_calls_is_not_waited_for()
    {
        using var folder = new TemporaryFolder();
        using var monitor = new QmpMonitor(folder.File("qmp"));
        using var exited = new CancellationTokenSource();
        Task<ShutdownCause> cause = monitor.RunAsync(starts: true, exited.Token);

        await exited.CancelAsync();

        Assert.Equal(ShutdownCause.Unknown, await cause);
    }
}
