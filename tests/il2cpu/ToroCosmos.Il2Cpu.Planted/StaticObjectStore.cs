namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static class StaticObjectStore
{
    private static object? s_object;
    private static Mixed s_mixed;
    private static Plain s_plain;
    private static uint s_number;
    private static unsafe byte* s_pointer;

    [Violates("StaticObjectStore")]
    public static void Object(object a) => s_object = a;

    [Violates("StaticObjectStore")]
    public static void StructureWithAReference(Mixed a) => s_mixed = a;

    public static object? Read() => s_object ?? s_mixed.Object;

    public static void StructureWithout(Plain a) => s_plain = a;

    public static void Number(uint a) => s_number = a + s_number + (uint)s_plain.Number;

    public static unsafe void Pointer(byte* a) => s_pointer = s_pointer == null ? a : null;

    public static void Field(Holder a, object b) => a.Object = b;

    public struct Mixed
    {
        public int Number;
        public object Object;
    }

    public struct Plain
    {
        public int Number;
    }

    public sealed class Holder
    {
        public object? Object;
    }
}
