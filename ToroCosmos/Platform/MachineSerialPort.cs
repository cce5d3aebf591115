using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

/// <summary>
/// The first serial port, a 16550 at 115200 baud, 8 data bits, no parity, 1 stop bit: what the toolchains' consoles are
/// made of. It takes no lock.
/// </summary>
[AnyCore]
public static class MachineSerialPort
{
    private const ushort Base = 0x3F8;
    private const ushort Data = Base;
    private const ushort InterruptEnable = Base + 1;
    private const ushort FifoControl = Base + 2;
    private const ushort LineControl = Base + 3;
    private const ushort ModemControl = Base + 4;
    private const ushort LineStatus = Base + 5;
    private const ushort Scratch = Base + 7;

    private const byte DivisorLatch = 0x80;
    private const byte EightBits = 0x03;

    // Bits of the line status: a character has arrived; the port takes one; the last one has left the port.
    private const byte DataReady = 0x01;
    private const byte ReadyForCharacter = 0x20;
    private const byte TransmitterEmpty = 0x40;

    /// <summary>Reads of the line status before a port is given up: far more than 115200 baud needs.</summary>
    private const int MaximumWaits = 1_000_000;

    private static bool s_present;

    /// <summary>Finds the port and sets it up. Without one, nothing is written.</summary>
    public static void Initialize()
    {
        // A port that is not there does not keep what is written to its scratch register.
        Port.Write8(Scratch, 0x5A);
        s_present = Port.Read8(Scratch) == 0x5A;
        if (!s_present)
        {
            return;
        }

        Port.Write8(InterruptEnable, 0);
        Port.Write8(LineControl, DivisorLatch);
        Port.Write8(Data, 1);
        Port.Write8(InterruptEnable, 0);
        Port.Write8(LineControl, EightBits);
        Port.Write8(FifoControl, 0x07);
        Port.Write8(ModemControl, 0x03);
    }

    /// <summary>Sends one character, when the one before has left; a port that never gets ready is given up.</summary>
    public static void Write(byte character)
    {
        if (s_present && WaitFor(ReadyForCharacter))
        {
            Port.Write8(Data, character);
        }
    }

    /// <summary>Takes a character that has arrived.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryRead(out byte character)
    {
        bool arrived = s_present && (Port.Read8(LineStatus) & DataReady) != 0;
        character = arrived ? Port.Read8(Data) : (byte)0;
        return arrived;
    }

    /// <summary>
    /// Waits until everything written has left the port, as must be before the machine is turned off: a 16550 holds 16
    /// characters and sends one in 87 microseconds. A port that never gets empty is given up.
    /// </summary>
    public static void Drain()
    {
        if (s_present)
        {
            WaitFor(TransmitterEmpty);
        }
    }

    private static bool WaitFor(byte status)
    {
        for (int i = 0; (Port.Read8(LineStatus) & status) == 0; i++)
        {
            if (i == MaximumWaits)
            {
                s_present = false;
                return false;
            }
        }

        return true;
    }
}
