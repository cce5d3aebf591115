using System;
using System.Collections.Generic;

namespace ToroCosmos.Pci;

/// <summary>
/// The functions of the machine, found from bus 0 through the bridges, whose bus numbers are the firmware's. A bus that
/// several bridges lead to, as a broken machine might have it, is looked at once.
/// </summary>
public static class PciBus
{
    private const int Buses = 256;

    /// <summary>Lists the functions of a segment, each bridge before what is behind it.</summary>
    /// <param name="configuration">The machine's configuration space.</param>
    /// <param name="segment">The segment group.</param>
    public static List<PciFunction> Enumerate(PciConfiguration configuration, ushort segment = 0)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var functions = new List<PciFunction>();
        bool[] isListed = new bool[Buses];
        byte[] buses = new byte[Buses];
        int count = 1;
        isListed[0] = true;

        for (int next = 0; next < count; next++)
        {
            int first = functions.Count;
            Scan(configuration, segment, buses[next], functions);
            for (int i = first; i < functions.Count; i++)
            {
                byte behind = functions[i].SecondaryBus;
                if (behind != 0 && !isListed[behind])
                {
                    isListed[behind] = true;
                    buses[count++] = behind;
                }
            }
        }

        return functions;
    }

    private static void Scan(PciConfiguration configuration, ushort segment, byte bus, List<PciFunction> functions)
    {
        for (byte device = 0; device < PciAddress.DevicesOnBus; device++)
        {
            var first = new PciAddress(segment, bus, device, 0);
            if (configuration.Read16(first, PciRegister.Identity) == PciRegister.NoVendor)
            {
                continue;
            }

            bool several = (configuration.Read8(first, PciRegister.HeaderType) & PciRegister.SeveralFunctions) != 0;
            int last = several ? PciAddress.FunctionsOfDevice : 1;
            for (byte number = 0; number < last; number++)
            {
                var address = new PciAddress(segment, bus, device, number);
                if (configuration.Read16(address, PciRegister.Identity) != PciRegister.NoVendor)
                {
                    functions.Add(new PciFunction(configuration, address));
                }
            }
        }
    }
}
