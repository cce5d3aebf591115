namespace TestRunner.KernelTests;

/// <summary>The checksum of a kernel's test lines: CRC-32 as in Ethernet (IEEE 802.3, Frame Check Sequence).</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>The checksum of ASCII text.</summary>
    public static uint Of(string text)
    {
        uint crc = uint.MaxValue;
        foreach (char character in text)
        {
            crc ^= (byte)character;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }
        }

        return ~crc;
    }
}
