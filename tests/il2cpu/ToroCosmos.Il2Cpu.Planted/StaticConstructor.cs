namespace ToroCosmos.Il2Cpu.Planted;

public static class StaticConstructor
{
    [AnyCore]
    [Violates("StaticConstructor")]
    public static int OfAFieldWithAnInitialValue() => WithInitialValue.Number;

    [AnyCore]
    [Violates("StaticConstructor")]
    public static void OfAFieldWritten() => WithInitialValue.Number = 3;

    [AnyCore]
    [Violates("StaticConstructor")]
    public static ref int OfAFieldsAddress() => ref WithInitialValue.Number;

    [AnyCore]
    [Violates("StaticConstructor", "Allocation")]
    public static object OfANewObject() => new Counted();

    [AnyCore]
    public static int OfAFieldWithoutOne() => WithoutInitialValue.Number;

    [AnyCore]
    public static int OfAConstant() => WithInitialValue.Constant;

    public static class WithInitialValue
    {
        public const int Constant = 1;

        public static int Number = 2;
    }

    public static class WithoutInitialValue
    {
        public static int Number;
    }

    public sealed class Counted
    {
        private static int s_count = 1;

        public int Count => s_count;
    }
}
