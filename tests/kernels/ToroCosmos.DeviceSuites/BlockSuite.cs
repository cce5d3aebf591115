using System;
using ToroCosmos.KernelTesting;
using ToroCosmos.Memory;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.DeviceSuites;

/// <summary>The block driver on disks that the host has prepared.</summary>
internal static class BlockSuite
{
    private const ulong TimeoutNs = 20_000_000_000;
    private static BlockDevice? s_shared;

    [KernelTest]
    internal static void What_was_written_reads_back_whatever_its_length()
    {
        BlockDevice disk = Machine.Disk("data");
        BlockLane lane = disk.Lane(0)!;
        ulong sector = 3;
        for (int length = 512; length <= 512 << 9; length *= 2)
        {
            byte[] written = Pattern(length, length);
            byte[] read = new byte[length];
            Machine.Answers(VirtioStatus.Ok, lane.Write(sector, written, TimeoutNs));
            Machine.Answers(VirtioStatus.Ok, lane.Read(sector, read, TimeoutNs));
            Check.That(written.AsSpan().SequenceEqual(read), $"{length} bytes differ");
            sector += (ulong)length / 512;
        }

        Machine.Answers(VirtioStatus.Ok, lane.Flush(TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static unsafe void Requests_in_flight_end_each_with_its_own_data()
    {
        BlockDevice disk = Machine.Disk("data");
        BlockLane lane = disk.Lane(0)!;
        WaitSet set = Cores.CreateWaitSet(0, 1);
        Check.That(set.Add(lane.Ended) == WaitStatus.Ok);
        Check.That(Machine.Host.Memory.TryAllocate(BlockLane.Depth * 4096, out DmaMemory memory));
        for (int round = 0; round < 4; round++)
        {
            BlockOperation operation = round % 2 == 0 ? BlockOperation.Write : BlockOperation.Read;
            for (int i = 0; i < BlockLane.Depth; i++)
            {
                DmaMemory part = memory.Part((uint)i * 4096, 4096);
                if (operation == BlockOperation.Write)
                {
                    Pattern(4096, (round * 100) + i).CopyTo(part.Span);
                }
                else
                {
                    part.Span.Clear();
                }

                Machine.Answers(VirtioStatus.Ok, lane.TryBegin(operation, (ulong)i * 8, part, (nuint)(1000 + i)));
            }

            Machine.Answers(VirtioStatus.Full, lane.TryBegin(operation, 0, memory.Part(0, 512), 0));
            ulong ended = 0;
            while (ended != uint.MaxValue && set.Wait(TimeoutNs, out _) == WaitStatus.Ok)
            {
                while (lane.TryEnd(out nuint tag, out VirtioStatus result) == VirtioStatus.Ok)
                {
                    Machine.Answers(VirtioStatus.Ok, result);
                    Check.That((ended & (1UL << (int)(tag - 1000))) == 0, "ended twice");
                    ended |= 1UL << (int)(tag - 1000);
                }
            }

            Check.That(ended == uint.MaxValue, "not all ended");
            for (int i = 0; i < BlockLane.Depth && operation == BlockOperation.Read; i++)
            {
                Check.That(
                    memory.Part((uint)i * 4096, 4096).Span.SequenceEqual(Pattern(4096, ((round - 1) * 100) + i)), $"request {i}");
            }
        }

        Check.That(set.Wait(TimeoutNs, out _) == WaitStatus.NothingToWaitFor);
        Machine.Answers(VirtioStatus.Empty, lane.End(TimeoutNs, out _, out _));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
        Check.That(Machine.Host.Memory.TryFree(memory));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Each_core_has_a_lane_of_its_own()
    {
        s_shared = Machine.Disk("data", Cores.Count);
        Check.Equal(Math.Min(Cores.Count, s_shared.Geometry.Queues), s_shared.LaneCount);
        Cores.RunOnAll(core =>
        {
            BlockLane? lane = s_shared!.Lane(core);
            if (lane == null)
            {
                return;
            }

            for (int round = 0; round < 20; round++)
            {
                byte[] written = Pattern(8192, (core * 1000) + round);
                byte[] read = new byte[8192];
                ulong sector = 1024 + ((ulong)core * 64);
                Machine.Answers(VirtioStatus.Ok, lane.Write(sector, written, TimeoutNs));
                Machine.Answers(VirtioStatus.Ok, lane.Read(sector, read, TimeoutNs));
                Check.That(written.AsSpan().SequenceEqual(read), $"round {round}");
            }
        });
        Machine.Answers(VirtioStatus.Ok, s_shared.Close());
    }

    [KernelTest]
    internal static void Zeros_are_written_and_sectors_discarded()
    {
        BlockDevice disk = Machine.Disk("data");
        BlockLane lane = disk.Lane(0)!;
        Machine.Answers(VirtioStatus.Ok, lane.Write(2048, Pattern(8192, 7), TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, lane.WriteZeroes(2050, 4, mayDiscard: true, TimeoutNs));
        byte[] read = new byte[8192];
        Machine.Answers(VirtioStatus.Ok, lane.Read(2048, read, TimeoutNs));
        byte[] expected = Pattern(8192, 7);
        expected.AsSpan(1024, 2048).Clear();
        Check.That(read.AsSpan().SequenceEqual(expected), "zeros where there should be none, or none where there should");
        Machine.Answers(VirtioStatus.Ok, lane.Discard(2048, 16, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, lane.Discard(disk.Geometry.Sectors, 1, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, lane.WriteZeroes(1, ulong.MaxValue, false, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void What_cannot_be_is_refused_before_the_device_is_asked()
    {
        BlockDevice disk = Machine.Disk("data");
        BlockLane lane = disk.Lane(0)!;
        ulong end = disk.Geometry.Sectors;
        byte[] sector = new byte[512];
        Machine.Answers(VirtioStatus.Ok, lane.Read(end - 1, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, lane.Read(end, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, lane.Write(end - 1, new byte[1024], TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, lane.Read(ulong.MaxValue, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.InvalidLength, lane.Read(0, new byte[511], TimeoutNs));
        Machine.Answers(VirtioStatus.InvalidLength, lane.TryBegin(BlockOperation.Read, 0, default, 0));
        Machine.Answers(VirtioStatus.Unsupported, lane.TryBegin(BlockOperation.Identify, 0, default, 0));
        Machine.Answers(VirtioStatus.Ok, lane.Read(0, default, TimeoutNs));
        Check.That(disk.Lane(-1) == null && disk.Lane(99) == null);
        Machine.Answers(VirtioStatus.Ok, disk.Close());
        Machine.Answers(VirtioStatus.Closed, lane.Read(0, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.Closed, lane.Flush(TimeoutNs));
        Machine.Answers(VirtioStatus.Closed, lane.TryEnd(out _, out _));
    }

    [KernelTest]
    internal static void A_read_only_disk_is_read_and_not_written()
    {
        BlockDevice disk = Machine.Disk("readonly");
        byte[] sector = new byte[512];
        Check.That(disk.IsReadOnly);
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read(0, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.ReadOnly, disk.Lane(0)!.Write(0, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.ReadOnly, disk.Lane(0)!.TryBegin(BlockOperation.Write, 0, default, 0));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void An_error_of_the_medium_is_told_and_the_next_request_works()
    {
        BlockDevice disk = Machine.Disk("faulty");
        BlockLane lane = disk.Lane(0)!;
        byte[] sector = new byte[512];
        for (int round = 0; round < 10; round++)
        {
            Machine.Answers(VirtioStatus.Ok, lane.Read(7, sector, TimeoutNs));
            Machine.Answers(VirtioStatus.IoError, lane.Read(8, sector, TimeoutNs));
            Machine.Answers(VirtioStatus.Ok, lane.Read(9, sector, TimeoutNs));
            Machine.Answers(VirtioStatus.IoError, lane.Write(16, sector, TimeoutNs));
            Machine.Answers(VirtioStatus.Ok, lane.Write(17, sector, TimeoutNs));
        }

        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void The_first_and_the_last_sector_of_16_TiB_are_read()
    {
        BlockDevice disk = Machine.Disk("large");
        byte[] sector = new byte[512];
        Check.That(disk.Geometry.Sectors == 1UL << 35);
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read(0, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read((1UL << 35) - 1, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, disk.Lane(0)!.Read(1UL << 35, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void A_disk_of_one_byte_has_what_the_device_says_and_no_more()
    {
        BlockDevice disk = Machine.Disk("tiny");
        byte[] sector = new byte[512];
        ulong sectors = disk.Geometry.Sectors;
        Check.That(sectors <= 1, "more than one sector");
        Machine.Answers(sectors == 0 ? VirtioStatus.OutOfRange : VirtioStatus.Ok, disk.Lane(0)!.Read(0, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.OutOfRange, disk.Lane(0)!.Read(sectors, sector, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void A_disk_of_large_blocks_takes_whole_ones()
    {
        BlockDevice disk = Machine.Disk("blocks");
        Check.Equal(4096, disk.Geometry.BlockBytes);
        Check.That(disk.Geometry.PhysicalBlockBytes == 8192);
        byte[] block = Pattern(4096, 1);
        byte[] read = new byte[4096];
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Write(8, block, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read(8, read, TimeoutNs));
        Check.That(block.AsSpan().SequenceEqual(read));
        Machine.Answers(VirtioStatus.InvalidLength, disk.Lane(0)!.Read(0, new byte[512], TimeoutNs));
        Machine.Answers(VirtioStatus.InvalidLength, disk.Lane(0)!.Read(1, block, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void It_works_without_any_feature_of_queues()
    {
        DriverHost plain = MachineDevices.CreateHost();
        plain.QueueFeatures = VirtioFeatures.None;
        BlockDevice disk = Machine.Disk("data", 1, plain);
        Check.That(disk.Device.Features == (disk.Device.Features & ~(VirtioFeatures.EventIndex | VirtioFeatures.RingPacked | VirtioFeatures.IndirectDescriptors)));
        byte[] written = Pattern(65536, 3);
        byte[] read = new byte[65536];
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Write(100, written, TimeoutNs));
        Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read(100, read, TimeoutNs));
        Check.That(written.AsSpan().SequenceEqual(read));
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    [KernelTest]
    internal static void A_core_that_sleeps_is_woken_by_the_device_alone()
    {
        EndlessSleep sleep = new(Cores.Sleep!);
        DriverHost host = new(Machine.Host.Memory, sleep, new WaitLengths(0, 0));
        BlockDevice disk = Machine.Disk("data", 1, host);
        byte[] sector = new byte[512];
        for (int i = 0; i < 200; i++)
        {
            Machine.Answers(VirtioStatus.Ok, disk.Lane(0)!.Read((ulong)i, sector));
        }

        Check.That(sleep.Sleeps > 0, "it never slept");
        Machine.Answers(VirtioStatus.Ok, disk.Close());
    }

    private static byte[] Pattern(int length, int seed)
    {
        byte[] bytes = new byte[length];
        uint state = (uint)seed + 1;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
