using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>A hash with a key that is being computed (RFC 2104).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HmacContext
{
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    /// <summary>After the inner key alone, after the outer key alone, and what is being added to.</summary>
    private HashContext _inner;
    private HashContext _outer;
    private HashContext _current;

    public HashKind Kind { get; private set; }

    public void Begin(HashKind kind, byte* key, int count)
    {
        Kind = kind;
        int size = HashContext.BlockOf(kind);
        byte* block = stackalloc byte[HashContext.LargestBlock];
        for (int i = 0; i < HashContext.LargestBlock; i++)
        {
            block[i] = 0;
        }

        if (count > size)
        {
            _inner.Begin(kind);
            _inner.Add(key, count);
            _inner.End(block);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                block[i] = key[i];
            }
        }

        BeginWith(ref _inner, block, InnerPad);
        BeginWith(ref _outer, block, OuterPad);
        Restart();
    }

    /// <summary>Begins anew with the same key.</summary>
    public void Restart() => _current = _inner;

    public void Add(byte* bytes, int count) => _current.Add(bytes, count);

    /// <summary>Writes the hash. What was begun has ended.</summary>
    public void End(byte* hash)
    {
        byte* inner = stackalloc byte[HashContext.LargestHash];
        _current.End(inner);
        HashContext outer = _outer;
        outer.Add(inner, HashContext.SizeOf(Kind));
        outer.End(hash);
    }

    private readonly void BeginWith(ref HashContext context, byte* key, byte pad)
    {
        byte* block = stackalloc byte[HashContext.LargestBlock];
        int size = HashContext.BlockOf(Kind);
        for (int i = 0; i < size; i++)
        {
            block[i] = (byte)(key[i] ^ pad);
        }

        context.Begin(Kind);
        context.Add(block, size);
    }
}
