using System;
using System.Runtime.InteropServices;

namespace ToroCosmos.Tests.Acpi;

/// <summary>Bytes whose end is the end of readable memory: one read beyond them ends the process.</summary>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    private readonly byte* _mapping;
    private readonly nuint _size;

    public GuardedBytes(ReadOnlySpan<byte> bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint readable = (((nuint)bytes.Length + page - 1) / page * page) + (bytes.Length == 0 ? page : 0);
        _size = readable + page;
        _mapping = (byte*)mmap(0, _size, ProtectReadWrite, MapPrivateAnonymous, -1, 0);
        if (_mapping == (byte*)-1 || mprotect((nint)(_mapping + readable), page, ProtectNone) != 0)
        {
            throw new InvalidOperationException("The system gives no guarded memory.");
        }

        Length = bytes.Length;
        Start = _mapping + readable - Length;
        bytes.CopyTo(new Span<byte>(Start, Length));
    }

    public byte* Start { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Span => new(Start, Length);

    public void Dispose() => _ = munmap((nint)_mapping, _size);

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nuint size, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint size, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint size);
}
