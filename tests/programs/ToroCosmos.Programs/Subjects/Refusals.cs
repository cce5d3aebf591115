using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.IO.Pipes;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ToroCosmos.Programs.Subjects;

/// <summary>
/// What a kernel refuses: each throws a PlatformNotSupportedException that tells the name that stands before the program.
/// On the host they would do something, so that they are not run there.
/// </summary>
internal static class Refusals
{
    public static ProgramGroup All { get; } = new(nameof(Refusals))
    {
        { "SystemNative_", ProcessStart },
        { "SystemNative_", ProcessList },
        { "SystemNative_", Sockets },
        { "SystemNative_", HostNames },
        { "SystemNative_", NetworkInterfaces },
        { "SystemNative_", FileWrites },
        { "SystemNative_", DirectoryCreation },
        { "SystemNative_", FileDeletion },
        { "SystemNative_", MappedFiles },
        { "SystemNative_", NamedPipes },
        { "SystemNative_", FileWatchers },
        { "non-zero lower bounds", LowerBounds },
    };

    private static string ProcessStart() => $"{Process.Start("/bin/true").Id}";

    private static string ProcessList() => $"{Process.GetProcesses().Length}";

    private static string Sockets()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, 9);
        return "connected";
    }

    private static string HostNames() => Dns.GetHostEntry("localhost").HostName;

    private static string NetworkInterfaces() => $"{NetworkInterface.GetAllNetworkInterfaces().Length}";

    private static string FileWrites()
    {
        File.WriteAllText("/written.txt", "text");
        return "written";
    }

    private static string DirectoryCreation() => Directory.CreateDirectory("/made").FullName;

    private static string FileDeletion()
    {
        File.Delete("/etc/nothing");
        return "deleted";
    }

    private static string MappedFiles()
    {
        using var mapped = MemoryMappedFile.CreateNew(null, 4096);
        return $"{mapped.CreateViewAccessor().Capacity}";
    }

    private static string NamedPipes()
    {
        using var pipe = new NamedPipeServerStream("sample");
        return "made";
    }

    private static string FileWatchers()
    {
        using var watcher = new FileSystemWatcher("/") { EnableRaisingEvents = true };
        return "watching";
    }

    private static string LowerBounds() => $"{Array.CreateInstance(typeof(int), [2], [5]).GetLowerBound(0)}";
}
