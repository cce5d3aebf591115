using System;
using Cosmos.Core;
using ToroCosmos.Hardware;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>Cosmos' heap, which was made for one core and frees nothing by itself.</summary>
internal static unsafe class HeapSuite
{
    private const int Messages = 100_000;
    private const int MessagesOfRound = 10_000;
    private const int BufferSize = 64;
    private const int Blocks = 500;

    private static readonly byte[][] s_buffers = new byte[256][];
    private static readonly int[][] s_blocks = new int[256 * Blocks][];

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
                BusRig.End(1).RecvFrom(0, buffer);
                BusRig.End(1).RecvFrom(0, new Span<byte>(buffer, 0, BufferSize));
                BusRig.End(1).RecvFrom(0, new Span<byte>(&number, sizeof(ulong)));
                BusRig.End(1).RecvFrom(0, buffer.AsSpan());
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

    private static int Length(int block) => 1 + (block * 7 % 61);
}
