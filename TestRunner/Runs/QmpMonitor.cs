using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace TestRunner.Runs;

/// <summary>
/// The runner's end of QEMU's monitor (QEMU Machine Protocol Specification). QEMU waits for <c>cont</c>, or for gdb to
/// continue, so that no event comes before the monitor listens.
/// </summary>
public sealed class QmpMonitor : IDisposable
{
    private readonly Socket _listener;
    private readonly TaskCompletionSource<string> _registers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StreamWriter? _writer;

    /// <summary>Listens at a path that QEMU is told to connect to.</summary>
    public QmpMonitor(string socketPath)
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(socketPath));
        _listener.Listen(1);
    }

    /// <summary>Follows the machine until QEMU closes the connection.</summary>
    /// <param name="starts">Whether to start the machine; one that is debugged is started by gdb.</param>
    /// <param name="exited">Cancelled when QEMU has ended: nobody will connect any more.</param>
    /// <returns>Why the machine stopped.</returns>
    public async Task<ShutdownCause> RunAsync(bool starts, CancellationToken exited)
    {
        try
        {
            using Socket connection = await _listener.AcceptAsync(exited).ConfigureAwait(false);
            using var stream = new NetworkStream(connection);
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };

            // Greeting first; then the commands may follow each other without waiting for the answers.
            await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false);
            await writer.WriteLineAsync("""{"execute":"qmp_capabilities"}""").ConfigureAwait(false);
            if (starts)
            {
                await writer.WriteLineAsync("""{"execute":"cont"}""").ConfigureAwait(false);
            }

            _writer = writer;
            ShutdownCause cause = ShutdownCause.Unknown;
            while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } message)
            {
                cause = CauseIn(message) ?? cause;
                if (AnswerIn(message) is { } answer)
                {
                    _registers.TrySetResult(answer);
                }
            }

            return cause;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            return ShutdownCause.Unknown;
        }
        finally
        {
            _writer = null;
            _registers.TrySetResult("");
        }
    }

    /// <summary>Where the cores are; empty when QEMU does not answer in time. To be asked once.</summary>
    public async Task<IReadOnlyList<CoreState>> FindCoresAsync(TimeSpan patience)
    {
        if (_writer is not { } writer)
        {
            return [];
        }

        try
        {
            const string Question =
                """{"execute":"human-monitor-command","arguments":{"command-line":"info registers -a"},"id":"registers"}""";
            await writer.WriteLineAsync(Question).ConfigureAwait(false);
            return CoreStates.Parse(await _registers.Task.WaitAsync(patience).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or ObjectDisposedException)
        {
            return [];
        }
    }

    /// <summary>Has QEMU carry out a command of its monitor for people, whose answer nobody reads.</summary>
    /// <exception cref="InvalidOperationException">QEMU is not connected.</exception>
    public Task CommandAsync(string command)
    {
        StreamWriter writer = _writer ?? throw new InvalidOperationException("QEMU's monitor is not connected.");
        string line = JsonSerializer.Serialize(command);
        return writer.WriteLineAsync(
            $$$"""{"execute":"human-monitor-command","arguments":{"command-line":{{{line}}}},"id":"command"}""");
    }

    /// <summary>The cause that a message tells, or null when it is about something else.</summary>
    public static ShutdownCause? CauseIn(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("event", out JsonElement name) || name.GetString() != "SHUTDOWN"
                || !root.TryGetProperty("data", out JsonElement data) || !data.TryGetProperty("reason", out JsonElement reason))
            {
                return null;
            }

            return reason.GetString() switch
            {
                "guest-shutdown" => ShutdownCause.PowerOff,
                "guest-reset" => ShutdownCause.Reset,
                _ => ShutdownCause.Unknown,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The answer to the question about registers, or null when the message is about something else.</summary>
    private static string? AnswerIn(string message)
    {
        if (!message.Contains("\"registers\"", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.TryGetProperty("return", out JsonElement answer) && answer.ValueKind == JsonValueKind.String
                ? answer.GetString()
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    public void Dispose() => _listener.Dispose();
}
