using System;
using System.IO;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using TestRunner.Machines;

namespace ToroCosmos.Devices.Tests;

/// <summary>Asks a machine for memory, by a monitor of QEMU's, and lets it have it again.</summary>
internal sealed class BalloonHost : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public BalloonHost(TemporaryFolder folder)
    {
        Path = folder.File("monitor");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>Wants the machine to have less memory, waits until it has, and lets it have all again.</summary>
    /// <returns>How many bytes the machine had left, as QEMU told.</returns>
    public async Task<long> PressAsync(long machineBytes, long wantedBytes)
    {
        using Socket machine = await _listener.AcceptAsync();
        using NetworkStream stream = new(machine);
        using StreamReader reader = new(stream);
        await using StreamWriter writer = new(stream) { AutoFlush = true };
        await AskAsync(reader, writer, """{"execute":"qmp_capabilities"}""");
        await AskAsync(reader, writer, $$$"""{"execute":"balloon","arguments":{"value":{{{wantedBytes}}}}}""");
        DateTime end = DateTime.UtcNow + s_patience;
        long actual;
        do
        {
            await Task.Delay(50);
            JsonElement answer = await AskAsync(reader, writer, """{"execute":"query-balloon"}""");
            actual = answer.GetProperty("actual").GetInt64();
        }
        while (actual != wantedBytes && DateTime.UtcNow < end);
        await AskAsync(reader, writer, $$$"""{"execute":"balloon","arguments":{"value":{{{machineBytes}}}}}""");
        await reader.ReadToEndAsync();
        return actual;
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<JsonElement> AskAsync(StreamReader reader, StreamWriter writer, string command)
    {
        await writer.WriteLineAsync(command);
        while (await reader.ReadLineAsync() is { } line)
        {
            JsonElement message = JsonDocument.Parse(line).RootElement;
            if (message.TryGetProperty("return", out JsonElement answer))
            {
                return answer;
            }

            if (message.TryGetProperty("error", out JsonElement error))
            {
                throw new InvalidOperationException($"{command}: {error}");
            }
        }

        throw new EndOfStreamException($"The machine ended before it answered {command}.");
    }
}
