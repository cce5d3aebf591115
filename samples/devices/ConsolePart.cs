using System;
using System.Diagnostics;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>Echoes the lines of the second port, number 1, in capitals, until the line <c>end</c>.</summary>
internal static class ConsolePart
{
    private const int Ports = 2;
    private const int LongestLine = 4096;
    private const ulong SliceNs = 100_000_000;
    private static readonly TimeSpan s_untilPort = TimeSpan.FromSeconds(5);

    public static bool Run(Part part)
    {
        VirtioTransport? transport = part.Find(VirtioDeviceType.Console);
        if (transport == null
            || !part.Succeeds(ConsoleDevice.Open(transport, Part.Host, 0, Ports, out ConsoleDevice? device), "open"))
        {
            return false;
        }

        bool succeeded = Echo(part, device!);
        return part.Succeeds(device!.Close(), "close") && succeeded;
    }

    private static bool Echo(Part part, ConsoleDevice device)
    {
        ConsolePort? port = device.Port(1);
        if (port == null)
        {
            part.Say("the device has one port only");
            return false;
        }

        byte[] line = new byte[LongestLine];
        int length = 0;
        byte[] bytes = new byte[256];
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            VirtioStatus status = port.Read(bytes, SliceNs, out int count);
            if (status == VirtioStatus.TimedOut)
            {
                if (!port.Exists && Stopwatch.GetElapsedTime(start) > s_untilPort)
                {
                    part.Say("there is no second port");
                    return false;
                }

                continue;
            }

            if (!part.Succeeds(status, "read"))
            {
                return false;
            }

            foreach (byte character in bytes.AsSpan(0, count))
            {
                line[length++] = character;
                if (character != '\n' && length < LongestLine)
                {
                    continue;
                }

                Span<byte> whole = line.AsSpan(0, length);
                length = 0;
                if (whole.TrimEnd("\r\n"u8).SequenceEqual("end"u8))
                {
                    return true;
                }

                Capitalize(whole);
                if (!part.Succeeds(port.Write(whole), "write"))
                {
                    return false;
                }
            }
        }
    }

    private static void Capitalize(Span<byte> text)
    {
        foreach (ref byte character in text)
        {
            character -= char.IsAsciiLetterLower((char)character) ? (byte)('a' - 'A') : (byte)0;
        }
    }
}
