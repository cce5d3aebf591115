using System;
using System.Runtime.InteropServices;

namespace ToroCosmos.Vhost.Tests.Vhost;

/// <summary>What .NET does not have of Linux: files handed over by a socket, and shared mappings of them.</summary>
internal static unsafe partial class Libc
{
    public const short PollIn = 1;

    private const int ProtectReadWrite = 3;
    private const int MapShared = 1;
    private const int SocketLevel = 1;
    private const int ScmRights = 1;
    private const int MaximumFiles = 16;

    /// <summary>Reads exactly so many bytes, and the files that come with the first of them.</summary>
    /// <returns>False when the other side has closed the socket.</returns>
    public static bool Receive(int socket, Span<byte> bytes, out int[] files)
    {
        files = [];
        byte* control = stackalloc byte[sizeof(ControlHeader) + (MaximumFiles * sizeof(int))];
        for (int done = 0; done < bytes.Length;)
        {
            int length;
            fixed (byte* start = bytes)
            {
                IoVector vector = new() { Base = start + done, Length = (nuint)(bytes.Length - done) };
                MessageHeader header = new()
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = control,
                    ControlLength = (nuint)(sizeof(ControlHeader) + (MaximumFiles * sizeof(int))),
                };
                length = (int)ReceiveMessage(socket, &header, 0);
                ControlHeader* first = (ControlHeader*)control;
                if (length > 0 && header.ControlLength >= (nuint)sizeof(ControlHeader) && first->Level == SocketLevel && first->Type == ScmRights)
                {
                    files = new Span<int>(first + 1, (int)(first->Length - (nuint)sizeof(ControlHeader)) / sizeof(int)).ToArray();
                }
            }

            if (length <= 0)
            {
                return false;
            }

            done += length;
        }

        return true;
    }

    /// <summary>Maps a file, for both sides to write.</summary>
    /// <exception cref="InvalidOperationException">It cannot be mapped.</exception>
    public static byte* Map(int file, ulong bytes)
    {
        void* start = Map(null, (nuint)bytes, ProtectReadWrite, MapShared, file, 0);
        return start != (void*)-1 ? (byte*)start : throw new InvalidOperationException($"{bytes} bytes of the machine's memory cannot be mapped.");
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(byte* start, nuint bytes);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int file, ulong* value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PolledFile* files, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "recvmsg")]
    private static partial nint ReceiveMessage(int socket, MessageHeader* header, int flags);

    // The system writes what is never assigned here.
#pragma warning disable CS0649
    public struct PolledFile
    {
        public int File;
        public short Events;
        public short Happened;
    }

    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    private struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }
#pragma warning restore CS0649
}
