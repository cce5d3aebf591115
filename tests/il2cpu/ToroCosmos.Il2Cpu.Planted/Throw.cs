using System;

namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static class Throw
{
    [Violates("Throw")]
    public static int OfAnObjectMadeBefore(Exception a) => throw a;

    [Violates("Throw", "Allocation")]
    public static int OfANewObject() => throw new InvalidOperationException();

    [Violates("Throw")]
    public static int Again(int a)
    {
        try
        {
            return Same(a);
        }
        catch (InvalidOperationException)
        {
            throw;
        }
    }

    public static int Caught(int a)
    {
        try
        {
            return Same(a);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static int Same(int a) => a;
}
