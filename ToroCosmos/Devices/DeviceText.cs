using ToroCosmos.Seam;

namespace ToroCosmos.Devices;

/// <summary>Words and numbers of reports on devices; not every toolchain has formats and names of enums' values.</summary>
public static class DeviceText
{
    /// <summary>Says why registers are not accessible, in lower case and without a full stop.</summary>
    public static string Of(DeviceMapping mapping) => mapping switch
    {
        DeviceMapping.Ok => "ok",
        DeviceMapping.NoLength => "registers of no length",
        DeviceMapping.FirstPage => "registers at address 0",
        DeviceMapping.BeyondAddresses => "registers beyond the processor's addresses",
        DeviceMapping.OtherMemory => "registers in memory that is something else",
        DeviceMapping.OutOfMemory => "no memory to map the registers",
        _ => "unknown mapping",
    };

    /// <summary>A number in hexadecimal, lower case.</summary>
    /// <param name="number">The number.</param>
    /// <param name="digits">How many digits at least.</param>
    public static string Hexadecimal(ulong number, int digits = 1)
    {
        string text = "";
        int shift = 60;
        while (shift > 0 && shift >= digits * 4 && ((uint)(number >> shift) & 15) == 0)
        {
            shift -= 4;
        }

        for (; shift >= 0; shift -= 4)
        {
            text += "0123456789abcdef".Substring((int)((uint)(number >> shift) & 15), 1);
        }

        return text;
    }
}
