using System;
using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What went wrong in the last call, by thread: the numbers of Linux, and what the class library takes them for.</summary>
internal static unsafe class ErrorNumbers
{
    public const int NoEntry = 2;           // ENOENT
    public const int InputOutput = 5;       // EIO
    public const int BadDescriptor = 9;     // EBADF
    public const int OutOfMemory = 12;      // ENOMEM
    public const int NoAccess = 13;         // EACCES
    public const int NotADirectory = 20;    // ENOTDIR
    public const int IsADirectory = 21;     // EISDIR
    public const int Invalid = 22;          // EINVAL
    public const int TooManyOpen = 24;      // EMFILE
    public const int NoTerminal = 25;       // ENOTTY
    public const int NoSeek = 29;           // ESPIPE
    public const int ReadOnly = 30;         // EROFS
    public const int TooSmall = 34;         // ERANGE

    /// <summary>What the class library calls an error that it does not know; the others are this and their place below.</summary>
    private const int Unknown = 0x1FFFF;
    private const int FirstKnown = 0x10000;

    [RuntimeExport("SystemNative_GetErrNo")]
    private static int Get() => (int)ThreadBlock.Current()->LastError;

    [RuntimeExport("SystemNative_SetErrNo")]
    public static void Set(int error) => ThreadBlock.Current()->LastError = (uint)error;

    /// <summary>Notes the error.</summary>
    /// <returns>-1, which is how a call fails.</returns>
    public static int Fail(int error)
    {
        Set(error);
        return -1;
    }

    [RuntimeExport("SystemNative_ConvertErrorPlatformToPal")]
    private static int ToClassLibrary(int error) => error == 0 ? 0 : Code(error) is int code and not 0 ? FirstKnown + code : Unknown;

    [RuntimeExport("SystemNative_ConvertErrorPalToPlatform")]
    private static int FromClassLibrary(int error)
    {
        for (int number = 1; number <= TooSmall; number++)
        {
            if (FirstKnown + Code(number) == error)
            {
                return number;
            }
        }

        return error == 0 ? 0 : -1;
    }

    /// <summary>Writes a sentence about the error into the buffer, cut to its size, zero-terminated.</summary>
    /// <returns>The buffer.</returns>
    [RuntimeExport("SystemNative_StrErrorR")]
    private static byte* Describe(int error, byte* buffer, int size)
    {
        if (size > 0)
        {
            ReadOnlySpan<byte> text = Text(error);
            int length = Math.Min(text.Length, size - 1);
            text[..length].CopyTo(new Span<byte>(buffer, length));
            buffer[length] = 0;
        }

        return buffer;
    }

    private static int Code(int error) => error switch
    {
        NoEntry => 0x2D,
        InputOutput => 0x1D,
        BadDescriptor => 0x08,
        OutOfMemory => 0x31,
        NoAccess => 0x02,
        NotADirectory => 0x39,
        IsADirectory => 0x1F,
        Invalid => 0x1C,
        TooManyOpen => 0x21,
        NoTerminal => 0x3E,
        NoSeek => 0x49,
        ReadOnly => 0x48,
        TooSmall => 0x47,
        _ => 0,
    };

    private static ReadOnlySpan<byte> Text(int error) => error switch
    {
        0 => "Success"u8,
        NoEntry => "No such file or directory"u8,
        InputOutput => "Input/output error"u8,
        BadDescriptor => "Bad file descriptor"u8,
        OutOfMemory => "Cannot allocate memory"u8,
        NoAccess => "Permission denied"u8,
        NotADirectory => "Not a directory"u8,
        IsADirectory => "Is a directory"u8,
        Invalid => "Invalid argument"u8,
        TooManyOpen => "Too many open files"u8,
        NoTerminal => "Inappropriate ioctl for device"u8,
        NoSeek => "Illegal seek"u8,
        ReadOnly => "Read-only file system"u8,
        TooSmall => "Numerical result out of range"u8,
        _ => "Unknown error"u8,
    };
}
