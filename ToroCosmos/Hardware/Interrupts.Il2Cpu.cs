namespace ToroCosmos.Hardware;

public static unsafe partial class Interrupts
{
    public static partial void SetHandler(byte vector, delegate*<byte, void> handler) => throw PlugMissing.Error();

    public static partial void UseLocalApic(byte* registers) => throw PlugMissing.Error();
}
