using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>A hash that is being computed: what was added is kept until it fills a block.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HashContext
{
    /// <summary>Of the largest block, and of the largest hash.</summary>
    public const int LargestBlock = 128;
    public const int LargestHash = 64;

    private HashKind _kind;
    private int _pending;
    private ulong _length;
    private State _state;
    private Block _block;

    [InlineArray(8)]
    private struct State
    {
        private ulong _first;
    }

    [InlineArray(LargestBlock)]
    private struct Block
    {
        private byte _first;
    }

    /// <summary>Bytes of this hash.</summary>
    public readonly int Size => SizeOf(_kind);

    /// <summary>Bytes of the hash; 0 for a kind that there is none of.</summary>
    public static int SizeOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => 16,
        HashKind.Sha1 => 20,
        HashKind.Sha256 => 32,
        HashKind.Sha384 => 48,
        HashKind.Sha512 => 64,
        _ => 0,
    };

    /// <summary>Bytes of a block.</summary>
    public static int BlockOf(HashKind kind) => kind >= HashKind.Sha384 ? LargestBlock : 64;

    /// <summary>Begins anew.</summary>
    public void Begin(HashKind kind)
    {
        this = default;
        _kind = kind;
        fixed (State* state = &_state)
        {
            switch (kind)
            {
                case HashKind.Md5:
                    Md5.Begin((uint*)state);
                    break;
                case HashKind.Sha1:
                    Sha1.Begin((uint*)state);
                    break;
                case HashKind.Sha256:
                    Sha256.Begin((uint*)state);
                    break;
                case HashKind.Sha384:
                    Sha512.Begin384((ulong*)state);
                    break;
                default:
                    Sha512.Begin512((ulong*)state);
                    break;
            }
        }
    }

    public void Add(byte* bytes, int count)
    {
        _length += (ulong)count;
        int size = BlockOf(_kind);
        while (count > 0)
        {
            if (_pending == 0 && count >= size)
            {
                AddBlock(bytes);
                bytes += size;
                count -= size;
                continue;
            }

            _block[_pending++] = *bytes++;
            count--;
            if (_pending == size)
            {
                AddPending();
            }
        }
    }

    /// <summary>Writes the hash. What was begun has ended.</summary>
    public void End(byte* hash)
    {
        // A bit of 1, zeros, and the length in bits, in the last 8 or 16 bytes of a block (FIPS 180-4, 5.1).
        int size = BlockOf(_kind);
        ulong bits = _length * 8;
        _block[_pending++] = 0x80;
        if (_pending > size - (size / 8))
        {
            Clear(size);
            AddPending();
        }

        Clear(size);
        fixed (Block* block = &_block)
        {
            *(ulong*)((byte*)block + size - 8) = _kind == HashKind.Md5 ? bits : BinaryPrimitives.ReverseEndianness(bits);
        }

        AddPending();
        fixed (State* state = &_state)
        {
            for (int i = 0; i < SizeOf(_kind); i++)
            {
                hash[i] = ByteOf((byte*)state, i);
            }
        }
    }

    /// <summary>A byte of the hash: words are little-endian in the processor and in MD5, but not in the others.</summary>
    private readonly byte ByteOf(byte* state, int i) => _kind switch
    {
        HashKind.Md5 => state[i],
        HashKind.Sha1 or HashKind.Sha256 => state[i ^ 3],
        _ => state[i ^ 7],
    };

    private void Clear(int size)
    {
        while (_pending < size)
        {
            _block[_pending++] = 0;
        }
    }

    private void AddPending()
    {
        fixed (Block* block = &_block)
        {
            AddBlock((byte*)block);
        }

        _pending = 0;
    }

    private void AddBlock(byte* block)
    {
        fixed (State* state = &_state)
        {
            switch (_kind)
            {
                case HashKind.Md5:
                    Md5.Add((uint*)state, block);
                    break;
                case HashKind.Sha1:
                    Sha1.Add((uint*)state, block);
                    break;
                case HashKind.Sha256:
                    Sha256.Add((uint*)state, block);
                    break;
                default:
                    Sha512.Add((ulong*)state, block);
                    break;
            }
        }
    }
}
