using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using TestRunner.Machines;

namespace ToroCosmos.Devices.Tests;

/// <summary>Who is at the other side of a port: a socket that QEMU connects to.</summary>
internal sealed class ConsolePeer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ConsolePeer(TemporaryFolder folder)
    {
        Path = folder.File("port");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>Says lines as soon as the machine is there.</summary>
    /// <returns>All that comes until the machine ends.</returns>
    public async Task<string> SayAsync(params string[] lines)
    {
        using Socket machine = await _listener.AcceptAsync();
        using NetworkStream stream = new(machine);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(lines)));
        using StreamReader reader = new(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    public void Dispose() => _listener.Dispose();
}
