using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The machine between two moves. Nothing in it is ever changed.</summary>
/// <param name="Memory">What all cores see.</param>
/// <param name="Cores">The cores.</param>
internal sealed record MachineState(byte[] Memory, CoreState[] Cores)
{
    /// <summary>The state with one core replaced.</summary>
    public MachineState With(int core, CoreState state)
    {
        CoreState[] cores = [.. Cores];
        cores[core] = state;
        return this with { Cores = cores };
    }

    /// <summary>What a core reads: the youngest store of its own buffer, else memory.</summary>
    public ulong Load(int core, Access access)
    {
        BufferedStore[] buffer = Cores[core].Buffer;
        int index = Array.FindLastIndex(buffer, store => store.Offset == access.Offset);
        return index >= 0 ? buffer[index].Value : ReadWord(Memory.AsSpan(access.Offset, access.Bytes));
    }

    /// <summary>The state after the oldest store of a core's buffer has reached memory.</summary>
    public MachineState Drain(int core)
    {
        CoreState mover = Cores[core];
        BufferedStore store = mover.Buffer[0];
        byte[] memory = [.. Memory];
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(value, store.Value);
        value[..store.Bytes].CopyTo(memory.AsSpan(store.Offset));
        return (this with { Memory = memory }).With(core, mover with { Buffer = mover.Buffer[1..] });
    }

    /// <summary>
    /// 128 bits that tell states apart. Equal ones continue equally: a core is a function of its image, its step and the
    /// results of its accesses.
    /// </summary>
    public UInt128 Hash()
    {
        XxHash128 hash = new();
        hash.Append(Memory);
        Span<byte> word = stackalloc byte[16];
        foreach (CoreState core in Cores)
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, core.Step);
            BinaryPrimitives.WriteInt32LittleEndian(word[4..], core.Results.Length);
            BinaryPrimitives.WriteInt32LittleEndian(word[8..], core.Buffer.Length);
            BinaryPrimitives.WriteInt32LittleEndian(word[12..], core.IsWoken ? 1 : 0);
            hash.Append(word);
            BinaryPrimitives.WriteUInt128LittleEndian(word, core.ImageHash);
            hash.Append(word);
            hash.Append(MemoryMarshal.AsBytes(core.Results.AsSpan()));
            hash.Append(MemoryMarshal.AsBytes(core.Buffer.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }

    private static ulong ReadWord(ReadOnlySpan<byte> field)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        word.Clear();
        field.CopyTo(word);
        return BinaryPrimitives.ReadUInt64LittleEndian(word);
    }
}
