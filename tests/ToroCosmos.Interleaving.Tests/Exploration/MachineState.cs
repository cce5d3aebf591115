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

    /// <summary>What a core reads: memory, and over it the stores of its own buffer.</summary>
    public ulong Load(int core, Access access)
    {
        Span<byte> field = stackalloc byte[sizeof(ulong)];
        field.Clear();
        Memory.AsSpan(access.Offset, access.Bytes).CopyTo(field);
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        foreach (BufferedStore store in Cores[core].Buffer)
        {
            if (store.Overlaps(access.Offset, access.Bytes))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(value, store.Value);
                int begin = Math.Max(store.Offset, access.Offset);
                int end = Math.Min(store.Offset + store.Bytes, access.Offset + access.Bytes);
                value[(begin - store.Offset)..(end - store.Offset)].CopyTo(field[(begin - access.Offset)..]);
            }
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(field);
    }

    /// <summary>The state after the oldest store of a core's buffer has reached memory.</summary>
    public MachineState Drain(int core)
    {
        CoreState mover = Cores[core];
        BufferedStore store = mover.Buffer[0];
        return Write(store).With(core, mover with { Buffer = mover.Buffer[1..] });
    }

    /// <summary>The state after a store has reached memory.</summary>
    public MachineState Write(BufferedStore store)
    {
        byte[] memory = [.. Memory];
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(value, store.Value);
        value[..store.Bytes].CopyTo(memory.AsSpan(store.Offset));
        return this with { Memory = memory };
    }

    /// <summary>
    /// 128 bits that tell states apart. Equal ones continue equally: a core is a function of its image, its step and the
    /// results of its accesses.
    /// </summary>
    public UInt128 Hash()
    {
        XxHash128 hash = new();
        hash.Append(Memory);
        Span<byte> word = stackalloc byte[8];
        foreach (CoreState core in Cores)
        {
            core.AppendTo(hash);
            BinaryPrimitives.WriteInt32LittleEndian(word, core.Buffer.Length);
            BinaryPrimitives.WriteInt32LittleEndian(word[4..], core.IsWoken ? 1 : 0);
            hash.Append(word);
            hash.Append(MemoryMarshal.AsBytes(core.Buffer.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
