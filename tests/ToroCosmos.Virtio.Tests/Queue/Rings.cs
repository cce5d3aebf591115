using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>The kinds of queues that features make.</summary>
internal static class Rings
{
    public const VirtioFeatures Split = VirtioFeatures.Version1;
    public const VirtioFeatures Packed = VirtioFeatures.Version1 | VirtioFeatures.RingPacked;

    private static readonly VirtioFeatures[] s_extras =
    [
        VirtioFeatures.None, VirtioFeatures.EventIndex, VirtioFeatures.IndirectDescriptors, VirtioFeatures.InOrder,
        VirtioFeatures.EventIndex | VirtioFeatures.IndirectDescriptors | VirtioFeatures.InOrder,
    ];

    public static TheoryData<VirtioFeatures> Both => [Split, Packed];

    /// <summary>Both kinds, with each feature and with all of them.</summary>
    public static TheoryData<VirtioFeatures> All
    {
        get
        {
            TheoryData<VirtioFeatures> all = [];
            foreach (VirtioFeatures extra in s_extras)
            {
                all.Add(Split | extra);
                all.Add(Packed | extra);
            }

            return all;
        }
    }
}
