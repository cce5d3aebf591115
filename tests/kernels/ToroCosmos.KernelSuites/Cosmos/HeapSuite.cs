using System;
using System.Runtime.InteropServices;
using System.Threading;
using Cosmos.Core;
using Cosmos.Core.Memory;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.KernelSuites;

/// <summary>Cosmos' heap, which was made for one core and frees nothing by itself.</summary>
internal static unsafe class HeapSuite
{
    private const int Messages = 100_000;
    private const int MessagesOfRound = 10_000;
    private const int BufferSize = 64;
    private const int Blocks = 500;
    private const int BlockRounds = 1500;
    private const int MaximumObjects = 100_000;

    private static readonly byte[][] s_buffers = new byte[256][];
    private static readonly int[][] s_blocks = new int[256 * Blocks][];
    private static int s_isOver;

    [KernelTest(MinimumCores = 2)]
    internal static void Messages_take_no_memory()
    {
        if (!BusRig.Build(bufferSize: BufferSize))
        {
            return;
        }

        for (int core = 0; core < Cores.Count; core++)
        {
            s_buffers[core] = new byte[BufferSize];
        }

        // The first ones may still make what is made once.
        Cores.RunOnAll(&Stream);
        uint before = GCImplementation.GetUsedRAM();
        for (int i = 0; i < Messages / MessagesOfRound; i++)
        {
            Cores.RunOnAll(&Stream);
        }

        Check.Equal((long)before, (long)GCImplementation.GetUsedRAM());
    }

    [KernelTest]
    internal static void What_cores_allocate_at_the_same_time_is_their_own()
    {
        Cores.RunOnAll(&Allocate);
        for (int i = 0; i < Blocks * Cores.Count; i++)
        {
            int[] block = s_blocks[i];
            if (!Check.Equal(Length(i), block.Length))
            {
                return;
            }

            foreach (int value in block)
            {
                if (!Check.Equal(i, value))
                {
                    return;
                }
            }
        }
    }

    [KernelTest]
    internal static void Only_ordinary_memory_can_be_lent()
    {
        MachineMemory memory = new();
        byte* page = PhysicalMemory.Allocate(8192, 4096);
        Check.That(memory.Contains(page, 8192));
        fixed (byte* literal = "text"u8)
        {
            Check.That(memory.Contains(literal, 4), "the image");
        }

        Check.That(!memory.Contains(null, 1), "address 0");
        Check.That(!memory.Contains((byte*)0xB8000, 1), "the screen");
        Check.That(!memory.Contains((byte*)0xFEE0_0000, 4), "a device");
        Check.That(!memory.Contains((byte*)0xFFFF_FFF0, 0x20), "the end of the address space");
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Blocks_and_objects_of_several_cores_do_not_overlap()
    {
        Volatile.Write(ref s_isOver, 0);
        for (int core = 1; core < Cores.Count; core++)
        {
            Cores.Run(core, &MakeObjects);
        }

        for (int i = 0; i < BlockRounds; i++)
        {
            uint bytes = 1 + ((uint)i * 37 % 1500);
            byte* block = Heap.Alloc(bytes);
            Fill(block, bytes, (byte)i);
            byte* other = (byte*)NativeMemory.Alloc(bytes);
            Fill(other, bytes, (byte)~i);
            uint kept = 1 + ((uint)i * 53 % 1500);
            block = Heap.Realloc(block, kept);
            bool isWhole = Check.That(IsFilled(block, kept < bytes ? kept : bytes, (byte)i), "a block of Heap.Realloc")
                && Check.That(IsFilled(other, bytes, (byte)~i), "a block of NativeMemory");
            Heap.Free(block);
            NativeMemory.Free(other);
            if (!isWhole)
            {
                break;
            }
        }

        Volatile.Write(ref s_isOver, 1);
        Cores.JoinAll();
    }

    [KernelTest]
    internal static void A_block_that_shrinks_leaves_its_neighbours_alone()
    {
        const int Count = 64;
        const uint Bytes = 48;
        byte** blocks = stackalloc byte*[Count];
        for (int i = 0; i < Count; i++)
        {
            blocks[i] = Heap.Alloc(Bytes);
            Fill(blocks[i], Bytes, (byte)i);
        }

        for (int i = 0; i < Count; i += 2)
        {
            byte* large = Heap.Alloc(1000);
            Fill(large, 1000, 0xEE);
            large = Heap.Realloc(large, Bytes);
            Check.That(IsFilled(large, Bytes, 0xEE));
            Heap.Free(large);
        }

        for (int i = 0; i < Count; i++)
        {
            Check.That(IsFilled(blocks[i], Bytes, (byte)i));
            Heap.Free(blocks[i]);
        }
    }

    [KernelTest]
    internal static void What_is_no_block_is_not_freed()
    {
        Check.That(Catch.Throws<ArgumentException>(&FreeScreen));

        static void FreeScreen(int self) => Heap.Free((void*)0xB8000);
    }

    [KernelTest]
    internal static void A_collection_frees_what_nothing_refers_to_and_nothing_else()
    {
        const int Kept = 100;
        const int Dropped = 1000;
        Cores.RunOnAll(&DoNothing);
        for (int i = 0; i < Kept; i++)
        {
            s_blocks[i] = new int[Length(i)];
            Array.Fill(s_blocks[i], i);
        }

        object onStack = new int[] { 1, 2, 3 };
        for (int i = 0; i < Dropped; i++)
        {
            _ = new int[Length(i)];
        }

        int freed = Heap.Collect();
        Check.That(freed >= Dropped);
        Check.That(freed < 1_000_000);

        // What was freed is used again.
        for (int i = 0; i < Dropped; i++)
        {
            Array.Fill(new int[Length(i)], -1);
        }

        for (int i = 0; i < Kept; i++)
        {
            Check.Equal(Length(i), s_blocks[i].Length);
            foreach (int value in s_blocks[i])
            {
                Check.Equal(i, value);
            }
        }

        Check.Equal(3, ((int[])onStack)[2]);
    }

    /// <summary>By pointers, by arrays and by literals: every way to make a span.</summary>
    private static void Stream(int core)
    {
        byte[] buffer = s_buffers[core];
        ulong number = 1;
        for (int i = 0; i < MessagesOfRound && core < 2; i += 4)
        {
            if (core == 0)
            {
                BusRig.End(0).SendTo(1, "ping"u8);
                BusRig.End(0).SendTo(1, buffer);
                BusRig.End(0).SendTo(1, new ReadOnlySpan<byte>(&number, sizeof(ulong)));
                BusRig.End(0).SendTo(1, new ReadOnlySpan<byte>(buffer, 0, BufferSize));
            }
            else
            {
                BusRig.End(1).RecvFrom(0, buffer, out _);
                BusRig.End(1).RecvFrom(0, new Span<byte>(buffer, 0, BufferSize), out _);
                BusRig.End(1).RecvFrom(0, new Span<byte>(&number, sizeof(ulong)), out _);
                BusRig.End(1).RecvFrom(0, buffer.AsSpan(), out _);
            }
        }
    }

    private static void Allocate(int core)
    {
        for (int i = core * Blocks; i < (core + 1) * Blocks; i++)
        {
            int[] block = new int[Length(i)];
            for (int k = 0; k < block.Length; k++)
            {
                block[k] = i;
            }

            s_blocks[i] = block;
        }
    }

    private static void MakeObjects(int core)
    {
        for (int i = 0; Volatile.Read(ref s_isOver) == 0; i++)
        {
            int[] block = new int[Length(i)];
            for (int k = 0; k < block.Length; k++)
            {
                block[k] = i;
            }

            for (int k = 0; k < block.Length; k++)
            {
                if (!Check.Equal(i, block[k]))
                {
                    return;
                }
            }

            // Nothing frees them: so many, and no more.
            while (i >= MaximumObjects && Volatile.Read(ref s_isOver) == 0)
            {
                Cpu.Pause();
            }
        }
    }

    private static void DoNothing(int core)
    {
    }

    private static void Fill(byte* block, uint bytes, byte value)
    {
        for (uint i = 0; i < bytes; i++)
        {
            block[i] = value;
        }
    }

    private static bool IsFilled(byte* block, uint bytes, byte value)
    {
        for (uint i = 0; i < bytes; i++)
        {
            if (block[i] != value)
            {
                return false;
            }
        }

        return true;
    }

    private static int Length(int block) => 1 + (block * 7 % 61);
}
