using ToroCosmos.Seam;

namespace ToroCosmos.Devices;

/// <summary>Where devices' registers are: the machine's address space in a kernel, played devices in a test.</summary>
public abstract class DeviceSpace
{
    /// <summary>Makes registers accessible. Allocates.</summary>
    /// <param name="address">Physical address, as untrusted as what names it.</param>
    /// <param name="bytes">How many bytes, of any number.</param>
    /// <param name="registers">The registers; null when they are not accessible.</param>
    /// <returns>Why not.</returns>
    public abstract DeviceMapping Map(ulong address, ulong bytes, out RegisterBlock? registers);
}
