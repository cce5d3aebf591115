using ToroCosmos.Acpi;
using ToroCosmos.Devices;

namespace ToroCosmos.Pci;

/// <summary>The configuration space of the machine that this kernel runs on.</summary>
public static class MachinePci
{
    /// <summary>
    /// The configuration space: in memory where the firmware's table says where, and what is there is what the ports show,
    /// else by ports.
    /// </summary>
    /// <param name="tables">The machine's tables; null where it has none.</param>
    /// <param name="ports">The space by ports.</param>
    /// <param name="space">The machine's address space.</param>
    public static PciConfiguration Open(AcpiTables? tables, PciConfiguration ports, DeviceSpace space)
    {
        if (tables == null || Mcfg.Read(tables, out ConfigurationRange[] ranges) != AcpiStatus.Ok || ranges.Length == 0)
        {
            return ports;
        }

        var mapped = new MappedConfiguration(ranges, space);
        var first = new PciAddress(0, 0, 0, 0);
        return mapped.Read32(first, PciRegister.Identity) == ports.Read32(first, PciRegister.Identity) ? mapped : ports;
    }
}
