namespace ToroCosmos.Seam;

/// <summary>What became of <see cref="PhysicalMemory.MapDevice"/>.</summary>
public enum DeviceMapping
{
    /// <summary>The registers are accessible.</summary>
    Ok,

    /// <summary>The length is 0.</summary>
    NoLength,

    /// <summary>The stretch begins in the first page, which is never mapped: address 0 is no address.</summary>
    FirstPage,

    /// <summary>It reaches beyond the addresses that the processor, or the kernel's toolchain, has.</summary>
    BeyondAddresses,

    /// <summary>Some of it is ordinary memory, firmware's, or a screen's: mapped, but not as a device's registers.</summary>
    OtherMemory,

    /// <summary>There is no memory left for the page tables.</summary>
    OutOfMemory,
}
