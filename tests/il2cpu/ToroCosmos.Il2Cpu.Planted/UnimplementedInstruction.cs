using System;

namespace ToroCosmos.Il2Cpu.Planted;

public class UnimplementedInstruction
{
    [Violates("UnimplementedInstruction")]
    public static int ExceptionFilter(int a)
    {
        try
        {
            return Check(a);
        }
        catch (InvalidOperationException) when (a > 3)
        {
            return 0;
        }
    }

    [Violates("UnimplementedInstruction")]
    public Func<int> DelegateOfAVirtualMethod() => Number;

    public Func<int> DelegateOfAnOrdinaryMethod() => OrdinaryNumber;

    public static int PlainCatch(int a)
    {
        try
        {
            return Check(a);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    public virtual int Number() => 1;

    private int OrdinaryNumber() => 2;

    private static int Check(int a) => a > 0 ? a : throw new InvalidOperationException();
}
