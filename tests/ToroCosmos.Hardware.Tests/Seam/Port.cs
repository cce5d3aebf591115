using ToroCosmos.Hardware.Tests;

namespace ToroCosmos.Seam;

/// <summary>The ports of the machine that a test plays.</summary>
internal static class Port
{
    private const ushort DebugExit = 0xF4;
    private const ushort FirstSerialPort = 0x3F8;

    public static byte Read8(ushort port) => PlayedMachine.Current.Serial.Read((byte)(port - FirstSerialPort));

    public static void Write8(ushort port, byte value) => PlayedMachine.Current.Serial.Write((byte)(port - FirstSerialPort), value);

    public static void Write32(ushort port, uint value)
    {
        if (port == DebugExit && PlayedMachine.Current.HasDebugExit)
        {
            throw new MachineEndedException(value);
        }
    }
}
