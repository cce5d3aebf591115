using ToroCosmos.Devices;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>An address of a network card, its first byte in the uppermost of the lower 48 bits.</summary>
/// <param name="Value">The number.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>How many bytes an address has.</summary>
    public const int Bytes = 6;

    /// <summary>One of its bytes, in the order in which it is written and sent.</summary>
    /// <param name="index">From 0 to 5.</param>
    [AnyCore]
    public byte Byte(int index) => (byte)(Value >> (8 * (Bytes - 1 - index)));

    /// <summary>The usual notation: <c>52:54:00:12:34:56</c>.</summary>
    public string Text
    {
        get
        {
            string text = "";
            for (int i = 0; i < Bytes; i++)
            {
                text += (i == 0 ? "" : ":") + DeviceText.Hexadecimal(Byte(i), 2);
            }

            return text;
        }
    }
}
