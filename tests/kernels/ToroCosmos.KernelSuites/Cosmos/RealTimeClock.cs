using Cosmos.Core;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>The periodic interrupt of the battery-backed clock, an MC146818, by Cosmos' own table of handlers.</summary>
internal static class RealTimeClock
{
    private const byte Line = 8;
    private const byte Cascade = 2;
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte StatusB = 0x0B;
    private const byte StatusC = 0x0C;
    private const byte Periodic = 0x40;

    /// <summary>Calls a handler at each interrupt, some of which are pending at once.</summary>
    public static void Start(INTs.IRQDelegate handler)
    {
        INTs.SetIrqHandler(Line, handler);
        INTs.SetIRQMaskState(Cascade, false);
        INTs.SetIRQMaskState(Line, false);
        Write(StatusB, (byte)(Read(StatusB) | Periodic));
        Acknowledge();
    }

    /// <summary>Ends the interrupts; one more may be pending.</summary>
    public static void Stop() => Write(StatusB, (byte)(Read(StatusB) & ~Periodic));

    /// <summary>Lets the clock send the next interrupt.</summary>
    public static void Acknowledge() => Read(StatusC);

    private static byte Read(byte register)
    {
        Port.Write8(Index, register);
        return Port.Read8(Data);
    }

    private static void Write(byte register, byte value)
    {
        Port.Write8(Index, register);
        Port.Write8(Data, value);
    }
}
