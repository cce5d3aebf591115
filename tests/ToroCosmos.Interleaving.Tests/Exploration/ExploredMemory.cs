using System;
using System.Collections.Generic;
using System.IO.Hashing;
using ToroCosmos.Tests;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// The memory of a machine. What several cores access is the explorer's: in the memory itself it holds rubbish, so that an
/// access which does not go through the seam fails. What is left there is private to a core.
/// </summary>
internal abstract unsafe class ExploredMemory : IDisposable
{
    private const byte Rubbish = 0xCC;

    private readonly AlignedMemory _memory;
    private readonly byte[] _rubbish;
    private Range[] _shared = [];

    /// <param name="bytes">How much memory there is.</param>
    protected ExploredMemory(int bytes)
    {
        _memory = new AlignedMemory((nuint)bytes, fill: 0);
        _rubbish = new byte[bytes];
        Array.Fill(_rubbish, Rubbish);
    }

    /// <summary>How many halfwords there are; the unit in which footprints are kept.</summary>
    public int Halfwords => _rubbish.Length / CellSet.CellBytes;

    /// <summary>The core that announces its sleep in a field to those that look for it without a fence; -1 for none.</summary>
    public virtual int SleeperAt(int offset) => -1;

    protected byte* Start => _memory.Start;

    private Span<byte> Bytes => new(_memory.Start, _rubbish.Length);

    /// <summary>Ends the set-up: what was written so far is what all cores see.</summary>
    public byte[] TakeShared()
    {
        byte[] shared = Bytes.ToArray();
        _shared = [.. SharedRanges()];
        foreach (Range range in _shared)
        {
            Bytes[range].Fill(Rubbish);
        }

        return shared;
    }

    /// <summary>The memory, and what a core keeps elsewhere.</summary>
    public byte[] TakeImage()
    {
        byte[] image = new byte[_rubbish.Length + ObjectBytes];
        Bytes.CopyTo(image);
        Forget(image);
        SaveObjects(image.AsSpan(_rubbish.Length));
        return image;
    }

    public void Restore(byte[] image)
    {
        image.AsSpan(0, _rubbish.Length).CopyTo(Bytes);
        RestoreObjects(image.AsSpan(_rubbish.Length));
    }

    /// <exception cref="InvalidOperationException">Shared memory was written past the seam.</exception>
    public void CheckShared()
    {
        foreach (Range range in _shared)
        {
            if (!Bytes[range].SequenceEqual(_rubbish.AsSpan(range)))
            {
                throw new InvalidOperationException("Memory that several cores access was written past the seam.");
            }
        }
    }

    public bool Contains(byte* address) => address >= _memory.Start && address < _memory.Start + _rubbish.Length;

    public int OffsetOf(byte* address) => (int)(address - _memory.Start);

    public static UInt128 HashOf(byte[] image) => XxHash128.HashToUInt128(image);

    /// <summary>What stands at a place of the memory, in words.</summary>
    public abstract string NameOf(int offset);

    public void Dispose() => _memory.Dispose();

    /// <summary>What several cores access.</summary>
    protected abstract IEnumerable<Range> SharedRanges();

    /// <summary>Clears what cores write and no core reads, by which states would only seem to differ.</summary>
    protected virtual void Forget(Span<byte> image)
    {
    }

    /// <summary>Length of what cores keep in objects.</summary>
    protected virtual int ObjectBytes => 0;

    protected virtual void SaveObjects(Span<byte> image)
    {
    }

    protected virtual void RestoreObjects(ReadOnlySpan<byte> image)
    {
    }
}
