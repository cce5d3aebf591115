namespace ToroCosmos.Seam;

public static partial class Port
{
    public static partial byte Read8(ushort port) => throw PlugMissing.Error();

    public static partial ushort Read16(ushort port) => throw PlugMissing.Error();

    public static partial uint Read32(ushort port) => throw PlugMissing.Error();

    public static partial void Write8(ushort port, byte value) => throw PlugMissing.Error();

    public static partial void Write16(ushort port, ushort value) => throw PlugMissing.Error();

    public static partial void Write32(ushort port, uint value) => throw PlugMissing.Error();
}
