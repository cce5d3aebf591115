using System;
using ToroCosmos.Smp;

namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static class Throw
{
    [Violates("Throw")]
    public static int OfAnObjectMadeBefore(Exception a) => throw a;

    [Violates("Throw", "Allocation")]
    public static int OfANewObject() => throw new InvalidOperationException();

    [Violates("Throw")]
    public static int Again(Func<int> a)
    {
        try
        {
            return a();
        }
        catch (InvalidOperationException)
        {
            throw;
        }
    }

    public static int Caught(Func<int> a)
    {
        try
        {
            return a();
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
