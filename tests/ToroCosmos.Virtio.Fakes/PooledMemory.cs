using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>Drivers' memory, out of the memory of a played machine: one region, which is all there is.</summary>
/// <param name="memory">The machine's memory.</param>
/// <param name="bytes">How much of it: a power of two.</param>
public sealed class PooledMemory(FakeMemory memory, uint bytes) : DmaPool
{
    private bool _isTaken;

    /// <inheritdoc/>
    protected override DmaMemory Grow(uint leastBytes)
    {
        if (_isTaken || leastBytes > bytes)
        {
            return default;
        }

        _isTaken = true;
        return memory.TakeAligned(bytes);
    }
}
