using System.Linq;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Transport;

/// <summary>VirtIO 1.2, Driver Requirements: Device Initialization, over both transports.</summary>
public sealed class InitializationTests
{
    private const ulong Known = (ulong)(VirtioFeatures.Version1 | VirtioFeatures.EventIndex);

    private const DeviceStatusFlags Found = DeviceStatusFlags.Acknowledge | DeviceStatusFlags.Driver;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_status_goes_through_its_steps_in_order(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { Offered = Known | 3 });

        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 1, 1, out VirtioDevice? device));
        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 0, 0, out _));
        Assert.Equal(VirtioStatus.Ok, device.Start());

        DeviceStatusFlags[] expected =
        [
            DeviceStatusFlags.Reset, DeviceStatusFlags.Acknowledge, Found, Found | DeviceStatusFlags.FeaturesOk,
            Found | DeviceStatusFlags.FeaturesOk | DeviceStatusFlags.DriverOk,
        ];
        Assert.Equal(expected, machine.Device.Statuses);
        Assert.Equal(Known | 1, machine.Device.Taken);
        Assert.True(device.Has(0));
        Assert.False(device.Has(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_takes_its_time_to_reset_is_waited_for(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { ResetReads = 1000 });

        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out _));
    }

    [Fact]
    public void A_device_that_does_not_end_its_reset_is_left_alone()
    {
        using PlayedMachine machine = new(true, memory => new FakeDevice(memory, 8) { ResetReads = -1 });

        Assert.Equal(VirtioStatus.NoReset, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Null(device);
        Assert.Equal([DeviceStatusFlags.Reset], machine.Device.Statuses);
    }

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 0, 0)]
    [InlineData(true, (ulong)VirtioFeatures.Version1, 2)]
    public void A_device_that_lacks_what_is_needed_is_failed(bool isPci, ulong offered, ulong required)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { Offered = offered });

        Assert.Equal(VirtioStatus.LacksFeature, VirtioDevice.Begin(machine.Open(), machine.Host, 0, required, out _));

        Assert.Equal(Found | DeviceStatusFlags.Failed, machine.Device.Status);
        Assert.Equal(0u, machine.Device.Taken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_refuses_its_own_features_is_failed(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { Offered = Known, Agrees = false });

        Assert.Equal(VirtioStatus.FeaturesRefused, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Null(device);
        Assert.True((machine.Device.Status & DeviceStatusFlags.Failed) != 0);
        Assert.DoesNotContain(machine.Device.Statuses, status => (status & DeviceStatusFlags.DriverOk) != 0);
    }

    [Theory]
    [InlineData(true, 0, VirtioStatus.NoSuchQueue)]
    [InlineData(false, 0, VirtioStatus.NoSuchQueue)]
    [InlineData(true, 3, VirtioStatus.InvalidQueueSize)]
    [InlineData(false, 3, VirtioStatus.InvalidQueueSize)]
    [InlineData(false, 65536, VirtioStatus.InvalidQueueSize)]
    [InlineData(true, 1, VirtioStatus.Ok)]
    [InlineData(false, 1, VirtioStatus.Ok)]
    [InlineData(true, 32768, VirtioStatus.Ok)]
    [InlineData(false, 32768, VirtioStatus.Ok)]
    public void A_queue_has_the_devices_size_or_less(bool isPci, int size, VirtioStatus expected)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, size));
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Equal(expected, device!.AddQueue(0, 0, 0, out DeviceVirtqueue? queue));

        Assert.Equal(expected == VirtioStatus.Ok, queue is not null);
        Assert.Equal(expected == VirtioStatus.Ok ? System.Math.Min(size, 256) : 0, queue?.Ring.Size ?? 0);
        Assert.Equal(VirtioStatus.NoSuchQueue, device.AddQueue(-1, 0, 0, out _));
        Assert.Equal(VirtioStatus.NoSuchQueue, device.AddQueue(1, 0, 0, out _));
        Assert.Equal(VirtioStatus.NoSuchQueue, device.AddQueue(99_999, 0, 0, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_queue_of_the_largest_size_can_be_had(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 32768));
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 0, 0, out DeviceVirtqueue? queue, 32768));

        Assert.Equal(32768, machine.Device.Queue(0).Size);
        Assert.Equal(32768, queue!.Ring.Size);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_queue_that_the_device_does_not_take_is_refused(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { TakesQueues = false });
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Equal(VirtioStatus.QueueRefused, device!.AddQueue(0, 0, 0, out DeviceVirtqueue? queue));

        Assert.Null(queue);
        Assert.Equal(VirtioStatus.QueueRefused, device.Fail(VirtioStatus.QueueRefused));
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Closing_resets_the_device_and_gives_the_memory_back(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8));
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));
        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 0, 0, out DeviceVirtqueue? queue));
        Assert.Equal(VirtioStatus.Ok, device.Start());
        BufferChain chain = new(1);
        chain.AddWritable(machine.Memory.Take(16));
        Assert.Equal(VirtioStatus.Ok, queue!.TryAdd(chain, 1));

        Assert.Equal(VirtioStatus.Ok, device.Close());

        Assert.Equal(DeviceStatusFlags.Reset, machine.Device.Statuses.Last());
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
        Assert.Equal(VirtioStatus.Closed, device.Check());
        Assert.Equal(VirtioStatus.Closed, queue.TryAdd(chain, 1));
        Assert.Equal(VirtioStatus.Closed, queue.TryTake(out _, out _));
        Assert.Equal(VirtioStatus.Closed, queue.Await(ulong.MaxValue) is VirtioStatus.Ok ? queue.TryTake(out _, out _) : VirtioStatus.Closed);
        Assert.True(queue.HasNews());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_device_offers_is_told_and_it_is_reset_again(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8, 4, 2, 0, 8) { Offered = Known | 5 });

        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Offer(machine.Open(), out VirtioFeatures features, out int queues));

        Assert.Equal(Known | 5, (ulong)features);
        Assert.Equal(3, queues);
        Assert.Equal([DeviceStatusFlags.Reset, DeviceStatusFlags.Acknowledge, DeviceStatusFlags.Reset], machine.Device.Statuses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_is_gone_or_needs_a_reset_ends_a_wait(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8));
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));
        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 0, 0, out DeviceVirtqueue? queue));
        Assert.Equal(VirtioStatus.Ok, device.Start());

        Assert.Equal(VirtioStatus.TimedOut, queue!.Await(0));
        machine.Device.NeedReset();
        Assert.Equal(VirtioStatus.NeedsReset, queue.Await(ulong.MaxValue));
        machine.Device.IsGone = true;
        Assert.Equal(VirtioStatus.Gone, queue.Await(ulong.MaxValue));
        Assert.Equal(VirtioStatus.Gone, device.Check());
        Assert.Equal(VirtioStatus.Ok, device.Close());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_configuration_is_read_again_until_it_is_of_one_moment(bool isPci)
    {
        int changes = 5;
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { Config = new byte[8] });
        FakeDevice fake = machine.Device;
        fake.GenerationRead = () =>
        {
            if (changes > 0)
            {
                changes--;
                fake.Generation++;
                System.Array.Fill(fake.Config, fake.Generation);
            }
        };
        ConfigReading reading = new(machine.Open());
        ulong value = 0;
        while (reading.Next())
        {
            value = reading.Read64(0);
        }

        Assert.True(reading.IsStable);
        Assert.Equal(0x0505_0505_0505_0505ul, value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_configuration_that_never_rests_is_given_up(bool isPci)
    {
        using PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 8) { Config = new byte[8] });
        machine.Device.GenerationRead = () => machine.Device.Generation++;
        ConfigReading reading = new(machine.Open());
        int reads = 0;
        while (reading.Next())
        {
            reads++;
        }

        Assert.False(reading.IsStable);
        Assert.Equal(ConfigReading.MaximumReads, reads);
        Assert.Equal(0u, reading.Read32(0x10_0000));
        Assert.Equal(0ul, reading.Read64(uint.MaxValue));
    }
}
