using System;
using System.Diagnostics;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.DeviceSuites;

/// <summary>Bringing devices up and down, and the entropy and network drivers.</summary>
internal static class DeviceSuite
{
    private const ulong TimeoutNs = 20_000_000_000;
    private const int Times = 1000;

    [KernelTest]
    internal static void Random_bytes_come_and_no_two_reads_are_equal()
    {
        Machine.Answers(VirtioStatus.Ok, EntropyDevice.Open(Machine.Find(VirtioDeviceType.Entropy), Machine.Host, 0, out EntropyDevice? device));
        byte[] first = new byte[2000];
        byte[] second = new byte[2000];
        Machine.Answers(VirtioStatus.Ok, device!.Read(first, TimeoutNs, out int length));
        Check.Equal(2000, length);
        Machine.Answers(VirtioStatus.Ok, device.Read(second));
        Check.That(!first.AsSpan().SequenceEqual(second));
        Check.That(first.AsSpan().IndexOfAnyExcept((byte)0) >= 0 && first.AsSpan(1990).IndexOfAnyExcept((byte)0) >= 0);
        Machine.Answers(VirtioStatus.Ok, device.Close());
        Machine.Answers(VirtioStatus.Closed, device.Read(first));
    }

    /// <summary>The second source gives 16 bytes in two seconds.</summary>
    [KernelTest]
    internal static void A_source_that_is_slow_runs_into_the_time_limit_and_is_awaited_in_a_set()
    {
        Machine.Answers(VirtioStatus.Ok, EntropyDevice.Open(Machine.Find(VirtioDeviceType.Entropy, 1), Machine.Host, 0, out EntropyDevice? device));
        byte[] bytes = new byte[64];
        Machine.Answers(VirtioStatus.TimedOut, device!.Read(bytes, 50_000_000, out int length));
        Check.That(length < 64);
        WaitSet set = Cores.CreateWaitSet(0, 1);
        Check.That(set.Add(device.BytesCame) == WaitStatus.Ok);
        VirtioStatus status = device.TryRead(bytes, out length);
        long start = Stopwatch.GetTimestamp();
        while (status == VirtioStatus.Empty && set.Wait(TimeoutNs, out _) == WaitStatus.Ok)
        {
            status = device.TryRead(bytes, out length);
        }

        Machine.Answers(VirtioStatus.Ok, status);
        Check.That(length > 0 && Stopwatch.GetElapsedTime(start).TotalSeconds < 10);
        Machine.Answers(VirtioStatus.Ok, device.Close());
    }

    [KernelTest]
    internal static void A_device_comes_up_again_a_thousand_times()
    {
        ulong used = Machine.Host.Memory.UsedBytes;
        VirtioTransport transport = Machine.Find(VirtioDeviceType.Entropy);
        byte[] bytes = new byte[4];
        bool isGood = true;
        for (int i = 0; i < Times && isGood; i++)
        {
            isGood = Machine.Answers(VirtioStatus.Ok, EntropyDevice.Open(transport, Machine.Host, 0, out EntropyDevice? device))
                && (i % 50 != 0 || Machine.Answers(VirtioStatus.Ok, device!.Read(bytes, TimeoutNs, out _)))
                && Machine.Answers(VirtioStatus.Ok, device!.Close());
        }

        Check.That(Machine.Host.Memory.UsedBytes == used, "memory was not given back");
    }

    [KernelTest]
    internal static void A_driver_for_another_type_declines()
    {
        VirtioTransport transport = Machine.Find(VirtioDeviceType.Entropy);
        Machine.Answers(VirtioStatus.WrongType, BlockDevice.Open(transport, Machine.Host, 1, out _));
        Machine.Answers(VirtioStatus.WrongType, NetworkDevice.Open(transport, Machine.Host, 1, out _));
        Machine.Answers(VirtioStatus.WrongType, ConsoleDevice.Open(transport, Machine.Host, 0, 1, out _));
        Machine.Answers(
            VirtioStatus.WrongType,
            EntropyDevice.Open(Machine.Find(VirtioDeviceType.Network), Machine.Host, 0, out _));
    }

    [KernelTest]
    internal static void Frames_are_sent_and_answered_and_wrong_ones_refused()
    {
        Machine.Answers(
            VirtioStatus.Ok,
            NetworkDevice.Open(Machine.Find(VirtioDeviceType.Network), Machine.Host, 1, out NetworkDevice? device));
        NetworkLane lane = device!.Lane(0)!;
        Check.That(device.HasMac && device.Mac.Value == 0x525400ABCDEF);
        Check.That(device.IsLinkUp);
        Check.Equal(1400, device.Mtu);
        Check.Equal(1414, lane.LongestFrame);
        Machine.Answers(VirtioStatus.InvalidLength, lane.TrySend(new byte[13]));
        Machine.Answers(VirtioStatus.InvalidLength, lane.TrySend(new byte[1415]));
        byte[] frame = new byte[1500];
        Machine.Answers(VirtioStatus.Empty, lane.TryReceive(frame, out _));
        byte[] question = new byte[42];
        question.AsSpan(0, 6).Fill(0xFF);
        ReadOnlySpan<byte> own = [0x52, 0x54, 0x00, 0xAB, 0xCD, 0xEF];
        own.CopyTo(question.AsSpan(6));
        ReadOnlySpan<byte> arp = [8, 6, 0, 1, 8, 0, 6, 4, 0, 1];
        arp.CopyTo(question.AsSpan(12));
        own.CopyTo(question.AsSpan(22));
        ReadOnlySpan<byte> addresses = [10, 0, 2, 15, 0, 0, 0, 0, 0, 0, 10, 0, 2, 2];
        addresses.CopyTo(question.AsSpan(28));

        // More than there are buffers, so that they come round.
        int answers = 0;
        for (int i = 0; i < 3 * NetworkLane.Depth; i++)
        {
            Machine.Answers(VirtioStatus.Ok, lane.Send(question, TimeoutNs));
            if (Machine.Answers(VirtioStatus.Ok, lane.Receive(frame, TimeoutNs, out int length)))
            {
                answers += length >= 42 && frame[12] == 8 && frame[13] == 6 && frame[21] == 2 && frame[31] == 2 ? 1 : 0;
            }
        }

        Check.Equal(3 * NetworkLane.Depth, answers);
        Check.Equal(0, (int)lane.Dropped);
        Machine.Answers(VirtioStatus.TimedOut, lane.Receive(frame, 1_000_000, out _));
        Machine.Answers(VirtioStatus.Ok, device.Close());
        Machine.Answers(VirtioStatus.Closed, lane.TrySend(question));
        Machine.Answers(VirtioStatus.Closed, lane.TryReceive(frame, out _));
    }
}
