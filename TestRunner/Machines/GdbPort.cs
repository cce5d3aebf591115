using System;
using System.Net;
using System.Net.Sockets;

namespace TestRunner.Machines;

/// <summary>The port at which a machine waits for gdb.</summary>
public static class GdbPort
{
    /// <summary>The usual one, that of QEMU's -s.</summary>
    public const int Default = 1234;

    /// <summary>The highest number of a TCP port.</summary>
    public const int Maximum = 65535;

    /// <summary>Chooses a port that nobody uses.</summary>
    /// <param name="wished">The port that it must be; null for the usual one or, where that is taken, any other.</param>
    /// <exception cref="FormatException">The port that it must be is taken.</exception>
    public static int Choose(int? wished) =>
        TryListen(wished ?? Default)
        ?? (wished is null ? TryListen(0) : null)
        ?? throw new FormatException($"Port {wished} is taken or may not be used: give --gdb another, or none.");

    /// <summary>The port that was to be had, 0 asking for any; null when it is not.</summary>
    private static int? TryListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
