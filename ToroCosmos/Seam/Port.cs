namespace ToroCosmos.Seam;

/// <summary>The processor's I/O port space. Part of the hardware seam.</summary>
[AnyCore]
public static partial class Port
{
    public static partial byte Read8(ushort port);

    public static partial ushort Read16(ushort port);

    public static partial uint Read32(ushort port);

    public static partial void Write8(ushort port, byte value);

    public static partial void Write16(ushort port, ushort value);

    public static partial void Write32(ushort port, uint value);
}
