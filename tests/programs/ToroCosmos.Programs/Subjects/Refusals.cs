using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.IO.Pipes;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace ToroCosmos.Programs.Subjects;

/// <summary>
/// What a kernel refuses: each program throws what stands before it, which names what is refused. On the host they would do
/// something, so that they are not run there.
/// </summary>
internal static class Refusals
{
    public static ProgramGroup All { get; } = new(nameof(Refusals))
    {
        { "PlatformNotSupportedException: A kernel has no SystemNative_", ProcessStart },
        { "TypeInitializationException of PlatformNotSupportedException: A kernel has no SystemNative_", Sockets },
        { "TypeInitializationException of PlatformNotSupportedException: A kernel has no SystemNative_", HostNames },
        { "PlatformNotSupportedException: A kernel has no SystemNative_", NetworkInterfaces },
        { "PlatformNotSupportedException: A kernel has no SystemNative_", MappedFiles },
        { "TypeInitializationException of PlatformNotSupportedException: A kernel has no SystemNative_", NamedPipes },
        { "PlatformNotSupportedException: A kernel has no SystemNative_", FileWatchers },
        { "PlatformNotSupportedException: A kernel has no CryptoNative_", Encryption },
        { "PlatformNotSupportedException: Arrays with non-zero lower bounds are not supported.", LowerBounds },
        { "PlatformNotSupportedException: Dynamic code generation is not supported on this platform.", EmittedCode },
        { "PlatformNotSupportedException: Dynamic code generation is not supported on this platform.", DispatchProxies },
        { "NotSupportedException: 'System.Linq.Enumerable.OrderBy[System.Int32,System.Int32]", QueryableOfNumbers },
        { "NotSupportedException: 'System.Text.Json.Serialization.Converters.ArrayConverter`2[System.Int32[],System.Int32]", JsonOfNumberArrays },
        { "IOException: Read-only file system", FileWrites },
        { "IOException: Read-only file system", DirectoryCreation },
        { "DllNotFoundException: ", Libraries },
    };

    private static string ProcessStart() => $"{Process.Start("/bin/true").Id}";

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

    private static string Encryption()
    {
        using var aes = Aes.Create();
        aes.Key = new byte[16];
        return Convert.ToHexString(aes.EncryptCbc("text"u8, new byte[16]));
    }

    private static string EmittedCode() => new DynamicMethod("made", typeof(int), null).Name;

    private static string DispatchProxies() => DispatchProxy.Create<IDisposable, Recorder>().ToString()!;

    private static string QueryableOfNumbers() => $"{new[] { 2, 1 }.AsQueryable().OrderBy(n => n).First()}";

    private static string JsonOfNumberArrays() => JsonSerializer.Serialize(new[] { 1, 2 });

    private static string Libraries() => $"{NativeLibrary.Load("libnone.so")}";

    private static string LowerBounds() => $"{Array.CreateInstance(typeof(int), [2], [5]).GetLowerBound(0)}";

    internal class Recorder : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
