using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The machine between two moves. Nothing in it is ever changed.</summary>
/// <param name="Memory">What all cores see.</param>
/// <param name="Cores">The cores.</param>
/// <param name="MemoryHash">128 bits that tell memories apart.</param>
internal sealed record MachineState(byte[] Memory, CoreState[] Cores, UInt128 MemoryHash)
{
    public MachineState(byte[] memory, CoreState[] cores)
        : this(memory, cores, XxHash128.HashToUInt128(memory))
    {
    }

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
        return Write(mover.Buffer[0]).With(core, mover.Drain());
    }

    /// <summary>Whether all can be seen that was in store buffers when others looked in vain whether a core sleeps.</summary>
    public bool IsSettled(int sleeper) => !Array.Exists(Cores, core => core.HasMissed(sleeper));

    /// <summary>The state after a store has reached memory.</summary>
    public MachineState Write(BufferedStore store)
    {
        byte[] memory = [.. Memory];
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(value, store.Value);
        value[..store.Bytes].CopyTo(memory.AsSpan(store.Offset));
        return new MachineState(memory, Cores);
    }

    /// <summary>
    /// 128 bits that tell states apart. Equal ones continue equally: a core is a function of its image, its step and the
    /// results of its accesses.
    /// </summary>
    public UInt128 Hash()
    {
        XxHash128 hash = new();
        Span<byte> words = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(words, MemoryHash);
        hash.Append(words[..16]);
        foreach (CoreState core in Cores)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(words, core.Stop);
            BinaryPrimitives.WriteInt32LittleEndian(words[16..], core.Buffer.Length);
            BinaryPrimitives.WriteInt32LittleEndian(words[20..], core.IsWoken ? 1 : 0);
            BinaryPrimitives.WriteUInt64LittleEndian(words[24..], core.Missed);
            hash.Append(words);
            hash.Append(MemoryMarshal.AsBytes(core.Buffer.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
