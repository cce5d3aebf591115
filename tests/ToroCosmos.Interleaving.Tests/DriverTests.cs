using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>The driver's queue and a device on another processor, in every interleaving.</summary>
public sealed class DriverTests
{
    private const VirtioFeatures Split = VirtioFeatures.Version1;
    private const VirtioFeatures Packed = Split | VirtioFeatures.RingPacked;
    private const VirtioFeatures Indirect = VirtioFeatures.IndirectDescriptors;

    [Theory]
    [InlineData(2, Split)]
    [InlineData(2, Split | VirtioFeatures.EventIndex)]
    [InlineData(2, Split | VirtioFeatures.EventIndex | Indirect)]
    [InlineData(3, Packed)]
    [InlineData(2, Packed | VirtioFeatures.EventIndex)]
    [InlineData(3, Packed | VirtioFeatures.EventIndex)]
    [InlineData(2, Packed | VirtioFeatures.EventIndex | Indirect)]
    public void Nobody_sleeps_for_ever_and_every_answer_is_that_to_its_question(int size, VirtioFeatures features) =>
        Sound.Check(new Drivers(size, features, Batches: 3).Explore(), $"{features}, queue of {size}");

    [Theory]
    [InlineData(4, Split | VirtioFeatures.EventIndex)]
    [InlineData(4, Packed | VirtioFeatures.EventIndex)]
    [InlineData(5, Packed)]
    [InlineData(2, Packed | VirtioFeatures.EventIndex | Indirect)]
    public void Chains_that_are_published_together_are_seen_whole(int size, VirtioFeatures features) =>
        Sound.Check(new Drivers(size, features, Batches: 2) { PerBatch = 2 }.Explore(), $"{features}, queue of {size}, two at a time");

    [Theory]
    [InlineData(2, Split)]
    [InlineData(2, Split | VirtioFeatures.EventIndex)]
    [InlineData(3, Packed)]
    [InlineData(3, Packed | VirtioFeatures.EventIndex)]
    public void A_fence_that_is_left_out_is_a_lost_notification(int size, VirtioFeatures features)
    {
        Drivers drivers = new(size, features, Batches: 3);
        ExpectFound(drivers with { Fault = PlantedFault.NoFenceAfterAvailable }, "a core sleeps for ever");
        ExpectFound(drivers with { Fault = PlantedFault.NoFenceAfterRequest }, "a core sleeps for ever");
    }

    [Theory]
    [InlineData(2, Split)]
    [InlineData(3, Packed)]
    [InlineData(2, Split | VirtioFeatures.EventIndex)]
    [InlineData(3, Packed | VirtioFeatures.EventIndex)]
    public void Who_does_not_look_again_after_asking_for_an_interrupt_sleeps_for_ever(int size, VirtioFeatures features)
    {
        Drivers drivers = new(size, features, Batches: 2);
        ExpectFound(drivers with { LooksAgain = false }, "a core sleeps for ever");
        ExpectFound(drivers with { DeviceLooksAgain = false }, "a core sleeps for ever");
    }

    [Theory]
    [InlineData(2, Split)]
    [InlineData(3, Packed)]
    [InlineData(2, Packed | Indirect)]
    public void Descriptors_that_are_written_after_they_are_published_are_found(int size, VirtioFeatures features) =>
        Assert.NotNull(new Drivers(size, features, Batches: 3) { Fault = PlantedFault.AvailableBeforeDescriptors }.Explore().Violation);

    private static void ExpectFound(Drivers drivers, string what) =>
        Assert.StartsWith(what, drivers.Explore().Violation, System.StringComparison.Ordinal);
}
