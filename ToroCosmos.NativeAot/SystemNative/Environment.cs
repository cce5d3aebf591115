using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// What the class library asks the system about the process: the kernel is the only one, and its user the only one too.
/// </summary>
internal static unsafe class Environment
{
    /// <summary>The kernel is no file; this is the name that it gives itself.</summary>
    public static ReadOnlySpan<byte> KernelName => "kernel"u8;

    private const int TheProcess = 1;
    private const int TheUser = 0;
    private const int X64 = 1;
    private const int PageSizeName = 2;
    private const int ClockTickName = 1;
    private const int NotFound = -1;

    /// <summary>There is one environment variable, the name of the terminal.</summary>
    [RuntimeExport("SystemNative_GetEnv")]
    private static byte* GetVariable(byte* name) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name).SequenceEqual("TERM"u8) ? Lasting(TerminalDescription.Name) : null;

    /// <summary>A list of "name=value", which ends with a null pointer.</summary>
    [RuntimeExport("SystemNative_GetEnviron")]
    private static byte** GetVariables()
    {
        byte** list = (byte**)Memory.NativeHeap.AllocateCleared(2, (ulong)sizeof(nint));
        if (list != null)
        {
            list[0] = Lasting("TERM=toro\0"u8);
        }

        return list;
    }

    [RuntimeExport("SystemNative_FreeEnviron")]
    private static void FreeVariables(byte** list) => Memory.NativeHeap.Free((byte*)list);

    [RuntimeExport("SystemNative_GetPid")]
    private static int ProcessId() => TheProcess;

    /// <summary>No file holds the program.</summary>
    [RuntimeExport("SystemNative_GetProcessPath")]
    private static byte* ProcessPath()
    {
        ErrorNumbers.Set(ErrorNumbers.NoEntry);
        return null;
    }

    [RuntimeExport("SystemNative_GetOSArchitecture")]
    private static int Architecture() => X64;

    [RuntimeExport("SystemNative_GetHostName")]
    private static int HostName(byte* name, int size) => Write("torocosmos\0"u8, name, size) ? 0 : ErrorNumbers.Fail(ErrorNumbers.Invalid);

    /// <summary>A string on the heap, which the class library frees.</summary>
    [RuntimeExport("SystemNative_GetUnixRelease")]
    private static byte* Release()
    {
        ReadOnlySpan<byte> version = "0.0.0\0"u8;
        byte* text = Memory.NativeHeap.Allocate((ulong)version.Length);
        if (text != null)
        {
            Write(version, text, version.Length);
        }

        return text;
    }

    [RuntimeExport("SystemNative_GetUnixVersion")]
    private static int Version(byte* text, int* capacity)
    {
        ReadOnlySpan<byte> name = "ToroCosmos\0"u8;
        bool fits = Write(name, text, *capacity);
        *capacity = name.Length;
        return fits ? 0 : -1;
    }

    [RuntimeExport("SystemNative_SysConf")]
    private static long Configuration(int name) => name switch
    {
        PageSizeName => (long)Memory.PageTables.PageSize,
        ClockTickName => 100,
        _ => ErrorNumbers.Fail(ErrorNumbers.Invalid),
    };

    [RuntimeExport("SystemNative_GetEUid")]
    private static uint User() => TheUser;

    [RuntimeExport("SystemNative_GetEGid")]
    private static uint Group() => TheUser;

    [RuntimeExport("SystemNative_GetGroups")]
    private static int Groups(int count, uint* groups) => 0;

    [StructLayout(LayoutKind.Sequential)]
    private struct Passwd
    {
        public byte* Name;
        public byte* Password;
        public uint UserId;
        public uint GroupId;
        public byte* UserInfo;
        public byte* HomeDirectory;
        public byte* Shell;
    }

    /// <summary>The account of a user: "root" at home in "/", or none.</summary>
    [RuntimeExport("SystemNative_GetPwUidR")]
    private static int Account(uint user, Passwd* account, byte* buffer, int size)
    {
        *account = default;
        ReadOnlySpan<byte> text = "root\0/\0\0"u8;
        const int Home = 5;
        const int Nothing = 7;
        if (user != TheUser)
        {
            return NotFound;
        }

        if (!Write(text, buffer, size))
        {
            return ErrorNumbers.TooSmall;
        }

        account->Name = buffer;
        account->HomeDirectory = buffer + Home;
        account->Password = account->UserInfo = account->Shell = buffer + Nothing;
        return 0;
    }

    /// <summary>Where a literal lies, for ever.</summary>
    private static byte* Lasting(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));

    private static bool Write(ReadOnlySpan<byte> text, byte* buffer, int size)
    {
        if (buffer == null || text.Length > size)
        {
            return false;
        }

        text.CopyTo(new Span<byte>(buffer, size));
        return true;
    }
}
