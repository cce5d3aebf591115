using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using Xunit.Sdk;

namespace ToroCosmos.Mpi.Tests;

/// <summary>A rank of a test: its process, and memory that goes with it.</summary>
internal sealed unsafe class Rank : IDisposable
{
    private readonly List<nint> _memory = [];

    public Rank(MpiProcess mpi)
    {
        Mpi = mpi;
    }

    public MpiProcess Mpi { get; }

    public int Id => Mpi.WorldRank;

    public int Size => Mpi.WorldSize;

    public int Next => (Id + 1) % Size;

    public int Previous => (Id + Size - 1) % Size;

    /// <summary>Elements with bytes 0xEE in them.</summary>
    public T* New<T>(int count)
        where T : unmanaged
    {
        nuint bytes = (nuint)(Math.Max(count, 1) * sizeof(T));
        void* memory = NativeMemory.AlignedAlloc(bytes + 64, 64);
        NativeMemory.Fill(memory, bytes + 64, 0xEE);
        _memory.Add((nint)memory);
        return (T*)memory;
    }

    public byte* Bytes<T>(int count, Func<int, T> element)
        where T : unmanaged
    {
        T* elements = New<T>(count);
        for (int i = 0; i < count; i++)
        {
            elements[i] = element(i);
        }

        return (byte*)elements;
    }

    public void Ok(MpiError error, [CallerArgumentExpression(nameof(error))] string what = "") =>
        Expect(MpiError.Success, error, what);

    public void Expect(MpiError expected, MpiError error, [CallerArgumentExpression(nameof(error))] string what = "")
    {
        if (error != expected)
        {
            throw new XunitException($"Rank {Id} of {Size}: {error} instead of {expected}: {what}");
        }
    }

    public void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new XunitException($"Rank {Id} of {Size}: {actual} instead of {expected}: {what}");
        }
    }

    public void Dispose()
    {
        foreach (nint memory in _memory)
        {
            NativeMemory.AlignedFree((void*)memory);
        }

        _memory.Clear();
    }
}
