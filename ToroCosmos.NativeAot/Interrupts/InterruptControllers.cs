using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Interrupts;

/// <summary>The two 8259 interrupt controllers, which are moved off the exceptions' vectors and masked.</summary>
internal static class InterruptControllers
{
    private const ushort FirstCommand = 0x20;
    private const ushort FirstData = 0x21;
    private const ushort SecondCommand = 0xA0;
    private const ushort SecondData = 0xA1;

    private const byte Initialize = 0x11;
    private const byte FirstVector = 0x20;
    private const byte SecondVector = 0x28;

    /// <summary>Initialization command words 1 to 4 (Intel 8259A data sheet), then all lines masked.</summary>
    public static void MaskLegacy()
    {
        Port.Write8(FirstCommand, Initialize);
        Port.Write8(SecondCommand, Initialize);
        Port.Write8(FirstData, FirstVector);
        Port.Write8(SecondData, SecondVector);
        Port.Write8(FirstData, 1 << 2);
        Port.Write8(SecondData, 2);
        Port.Write8(FirstData, 1);
        Port.Write8(SecondData, 1);
        Port.Write8(FirstData, 0xFF);
        Port.Write8(SecondData, 0xFF);
    }
}
