namespace ToroCosmos.Seam;

public static unsafe partial class Interrupts
{
    private static partial void Set(byte vector, delegate*<byte, void> handler) => throw PlugMissing.Error();

    public static partial void UseLocalApic(byte* registers) => throw PlugMissing.Error();

    // Cosmos gen2 uses the 8259 controllers.
    public static partial bool IsLocalApicTaken() => false;
}
